"""Of what the directory tells people."""
