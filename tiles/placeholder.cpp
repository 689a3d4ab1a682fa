namespace harmattan::tiles {}
