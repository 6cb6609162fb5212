"""What people do in this room: the only writers."""
