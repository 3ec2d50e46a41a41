"""A person's own foods and recipes."""
