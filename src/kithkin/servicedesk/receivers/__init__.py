"""What the desk does when something happens elsewhere."""
