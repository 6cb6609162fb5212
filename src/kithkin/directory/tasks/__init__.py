"""What the directory does in the background: each calls a service."""
