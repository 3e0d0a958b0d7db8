"""Measurements of the product: each module is run by itself and ends with one line of JSON."""
