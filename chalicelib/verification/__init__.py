"""Whether what people say of their work is so: claims, what sources answer about them, and what people decide."""
