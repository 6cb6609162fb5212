"""What cannot be answered, and why."""

from __future__ import annotations


class CannotAnswer(Exception):
    """The question cannot be answered for this reader; the message says why and what can be asked instead."""
