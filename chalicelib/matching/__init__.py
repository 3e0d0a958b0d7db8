"""Which verified profiles fit which live project, and why. A person always decides; nothing is ever assigned."""
