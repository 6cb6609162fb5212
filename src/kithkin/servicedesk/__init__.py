"""What departments do for one another: requests, and their way from queue to queue."""
