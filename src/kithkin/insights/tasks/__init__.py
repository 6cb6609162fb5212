"""What this room does in the background."""
