"""The indicative grid of rates, what binds employers beside it, and what anyone may compute with them."""
