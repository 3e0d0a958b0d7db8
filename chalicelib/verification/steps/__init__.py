"""One file per step of a case; `registry.py` says which there are."""
