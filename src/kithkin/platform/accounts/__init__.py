"""Log-ins as this product has them: how allauth behaves here, and what it writes to people."""
