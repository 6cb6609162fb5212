"""What can be read of the platform."""
