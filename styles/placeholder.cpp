namespace harmattan::styles {}
