// Does nothing: what Node alone takes to start and to end.
