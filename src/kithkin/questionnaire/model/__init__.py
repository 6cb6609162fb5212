"""What a questionnaire is made of: frozen, typed, quick to walk."""
