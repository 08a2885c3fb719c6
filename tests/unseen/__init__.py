"""Documents that the program has never seen, the answers that they should lead to, and what asks them."""
