"""Rooms of the leak check: reading a text through disguises, and one for each sort of identifier."""
