"""The food table, who may eat what of it, and amounts in household measures."""
