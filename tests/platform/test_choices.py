"""What a list to choose from says before anything is chosen."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "path",
    ["/accounts/add/", "/people/add/", "/serve/relations/add/", "/settings/attributes/add/", "/listen/needs/add/"],
)
def test_an_empty_choice_is_said_in_a_word(path, cast, visit):
    page = visit("alice").get(path).content.decode()
    assert '<option value=""' in page
    assert "-----" not in page


def test_an_empty_choice_is_said_in_the_readers_language(cast, visit):
    cast.alice.language = "de"
    cast.alice.save()
    assert '<option value="" selected>Wählen …</option>' in visit("alice").get("/accounts/add/").content.decode()
