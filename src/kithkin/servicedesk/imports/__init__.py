"""Bringing an event log in: one line for each change of a request."""
