"""The platform's forms."""
