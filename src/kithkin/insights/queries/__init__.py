"""Reads of what this room keeps."""
