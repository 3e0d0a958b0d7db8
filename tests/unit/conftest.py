"""The unit suite answers in seconds: property tests try fewer examples here, and a different draw at each run."""

from hypothesis import settings

settings.register_profile("unit", max_examples=25, deadline=None)
settings.load_profile("unit")
