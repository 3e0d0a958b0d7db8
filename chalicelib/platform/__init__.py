"""Mechanics that would be the same in a bakery's software: no word of the trade in here."""
