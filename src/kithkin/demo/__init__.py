"""A simulated company whose truth is known."""
