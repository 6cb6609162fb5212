"""Importing the organisation: a line for each unit with its parent or its path, or the people with their managers."""
