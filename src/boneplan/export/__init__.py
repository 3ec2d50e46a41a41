"""A plan in the forms that other programs and people read: calendar, shopping list, table, terminal."""
