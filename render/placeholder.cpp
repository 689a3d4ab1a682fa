namespace harmattan::render {}
