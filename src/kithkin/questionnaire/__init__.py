"""The questionnaire engine: one vocabulary, read and checked. No framework, no files, no network."""
