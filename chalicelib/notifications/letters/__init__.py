"""E-mails by what they tell of: of each, the values that its template is filled with."""
