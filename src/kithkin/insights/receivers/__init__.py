"""What this room does when something happened elsewhere."""
