"""What the platform does when something happened."""
