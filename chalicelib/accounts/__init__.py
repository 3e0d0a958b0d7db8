"""Accounts: which side of the market a person is on. The user pool holds the identity; this holds the choice."""
