"""What templates of programs need."""
