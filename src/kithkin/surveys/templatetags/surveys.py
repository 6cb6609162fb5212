"""Measures in words."""

from __future__ import annotations

from django import template

from kithkin.surveys.forms.measures import words_of

register = template.Library()
register.filter("measure", words_of)
