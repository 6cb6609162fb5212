"""What the platform does in the background."""
