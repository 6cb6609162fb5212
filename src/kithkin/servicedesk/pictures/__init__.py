"""Pictures of requests, ready to be written into a page."""
