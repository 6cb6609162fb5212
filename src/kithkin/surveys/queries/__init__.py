"""Programs and responses as they are read."""
