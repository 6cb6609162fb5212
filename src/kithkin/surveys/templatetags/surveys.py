"""Measures and counts in words."""

from __future__ import annotations

from django import template

from kithkin.surveys.forms.measures import said_count, words_of

register = template.Library()
register.filter("measure", words_of)
register.filter("counted_from", said_count)
