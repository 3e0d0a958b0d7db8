"""Projects that a producer publishes: draft, live, then filled, closed or expired."""
