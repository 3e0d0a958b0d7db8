"""Matching: which profiles fit which live brief, and why."""
