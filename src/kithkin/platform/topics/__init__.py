"""Of what the platform itself tells people: their imports, and administrators of work that failed."""
