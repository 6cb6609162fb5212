"""The form by which a page is asked."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.insights.listening import heard, outside, said


def test_every_choice_has_a_name_by_which_the_keyboard_finds_it_again(cast, visit):
    """The page is drawn anew after each choice; htmx gives the focus back to what has an id."""
    heard(outside(), [said("2026-05", 10, cast.it.pk)])
    page = visit("anna").get(reverse("scores")).content.decode()
    choices = re.findall(r"<select[^>]*>", page)
    assert len(choices) == 6
    assert [one for one in choices if " id=" not in one] == []
