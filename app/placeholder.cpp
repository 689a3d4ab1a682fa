namespace harmattan::app {}
