"""Who did what: one reading of the facts that every context writes with what it makes true."""
