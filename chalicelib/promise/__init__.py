"""What the product promises, counted from what happened: how long projects wait, whether people are answered."""
