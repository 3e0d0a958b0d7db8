"""Who may be shown to whom, and who was: blocks that freelancers set, and what they read of who saw them."""
