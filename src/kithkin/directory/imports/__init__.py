"""What of the directory can be imported: each kind plans what a line would do, the platform does it."""
