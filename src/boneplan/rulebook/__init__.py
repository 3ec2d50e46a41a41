"""Every rule of guidelines/ in one uniform view: what it says, for whom, how firm, from where, and what it did."""
