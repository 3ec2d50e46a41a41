"""The weekly menu: a basket for the week (linear program), dealt to days, in servable portions."""
