"""What handlers could not use: listed with its reason, replayed when its cause is mended, never twice a request."""
