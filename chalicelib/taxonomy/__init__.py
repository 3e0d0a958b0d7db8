"""The versions of the taxonomy: drafted, looked at through what they change, published by administrators."""
