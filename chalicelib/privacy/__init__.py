"""What people may ask of their data: what is known of them, and that it be gone; and what goes by itself."""
