"""What people do with the platform."""
