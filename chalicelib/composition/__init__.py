"""The only place that knows several contexts: it binds what one asks (a `Protocol` in its service) to what another
answers (its `queries.py`). A module for each context that asks, `for_<context>.py`; contexts are imported when first
needed, so that a function loads only what it uses.
"""
