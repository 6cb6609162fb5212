"""Listening by asking: programs, their waves, and what people answered."""
