"""Production companies and their members. Only a verified company publishes a project (L5332-1, L5332-2)."""
