"""What people fill in on the platform's own pages."""
