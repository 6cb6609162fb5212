"""Pages about who serves whom."""
