"""Freelancers: what they do, what they made, when they are free. A credit counts once it is verified."""
