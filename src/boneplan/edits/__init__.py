"""A plan that exists, changed where it is free."""
