"""What happens in the directory, in the past tense."""
