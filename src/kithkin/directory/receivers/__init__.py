"""What the directory does when something happened elsewhere."""
