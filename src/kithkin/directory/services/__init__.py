"""What people do with the directory: the only writers."""
