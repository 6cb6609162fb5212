"""What can be read of the directory, by whom."""
