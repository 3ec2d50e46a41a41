"""The shopping list of a plan: what is bought for what is eaten, by week and aisle, in Markdown and as a table."""
