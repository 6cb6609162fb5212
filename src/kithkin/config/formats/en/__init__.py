"""English, outside the United States too."""
