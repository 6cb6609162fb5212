"""Who may see and change what of the desk."""
