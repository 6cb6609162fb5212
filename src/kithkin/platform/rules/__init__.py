"""Who may do what with the platform's own things."""
