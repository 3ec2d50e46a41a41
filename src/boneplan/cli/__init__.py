"""The command line: one thin layer over the library."""
