"""Who is told what, once: e-mails are planned, claimed, sent, and their state can be read."""
