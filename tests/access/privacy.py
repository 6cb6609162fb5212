"""Duplicates, consent and erasing."""

from __future__ import annotations

from typing import Any

from kithkin.directory.models import Purpose
from kithkin.directory.services.duplicates import merge_people
from tests.access.table import ADMINISTRATORS, MANAGERS, Row
from tests.cast import Cast, make_kith


def two(cast: Cast) -> dict[str, Any]:
    first, second = make_kith("Jo One", phone="+4930111"), make_kith("Jo Two", phone="+4930111")
    return {"first": first.pk, "second": second.pk}


def two_on_a_page(cast: Cast) -> dict[str, Any]:
    two(cast)
    return {}


def merged(cast: Cast) -> dict[str, Any]:
    return {"pk": merge_people(kept=make_kith("Jo One"), gone=make_kith("Jo Two")).pk}


def merged_on_a_page(cast: Cast) -> dict[str, Any]:
    merged(cast)
    return {}


def bob(cast: Cast) -> dict[str, Any]:
    Purpose.objects.create(pk=77, name="News")
    return {"pk": cast.bob.person.pk}


def purpose(cast: Cast) -> dict[str, Any]:
    return {"pk": Purpose.objects.create(name="News").pk}


ROWS = {
    "duplicates": Row(MANAGERS, kwargs=two_on_a_page, sees=lambda _: {"Jo Two": MANAGERS}),
    "duplicate_pair": Row(MANAGERS, kwargs=two),
    "merge_people": Row(MANAGERS, kwargs=two, post=lambda _: {}, status=302),
    "tell_apart": Row(MANAGERS, kwargs=two, post=lambda _: {}, status=302),
    "merges": Row(MANAGERS, kwargs=merged_on_a_page, sees=lambda _: {"Jo Two": MANAGERS}),
    "undo_merge": Row(MANAGERS, kwargs=merged, post=lambda _: {}, status=302),
    "record_consent": Row(
        MANAGERS | {"bob"},
        kwargs=bob,
        post=lambda _: {"purpose": 77, "given": "yes"},
        status=302,
        otherwise=404,
        exceptions={"anna": 403, "dora": 403, "gus": 403},
    ),
    "person_data": Row(
        ADMINISTRATORS | {"bob"},
        kwargs=bob,
        otherwise=404,
        exceptions={"percy": 403, "anna": 403, "dora": 403, "gus": 403},
    ),
    "purposes": Row(MANAGERS),
    "add_purpose": Row(MANAGERS),
    "edit_purpose": Row(MANAGERS, kwargs=purpose),
    "erase_person": Row(ADMINISTRATORS, kwargs=bob),
}
