"""What people write about programs."""
