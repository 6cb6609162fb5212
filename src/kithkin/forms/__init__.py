"""What is asked: questionnaires in their versions, and the lasting number of each question."""
