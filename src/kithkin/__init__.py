"""Kithkin listens to the people outside and inside a company and finds the link that costs most."""
