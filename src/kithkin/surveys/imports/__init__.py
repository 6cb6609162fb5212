"""Responses that come as a file: what each column holds, where they belong, and how they are read."""
