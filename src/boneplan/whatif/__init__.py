"""What becomes of a week when a target or the budget moves."""
