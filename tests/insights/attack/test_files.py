"""Readers pool what files, tiles and kept views say, and solve it: nothing small follows from those either."""

from __future__ import annotations

import csv
import io
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from kithkin.directory.models import Side
from kithkin.insights.services.views import add_tile, keep_view, share_view
from tests.insights.attack.reading import Equation, overall_of
from tests.insights.attack.test_pages import BELOW, MONTHS, _reach, answers, isolated, places, spans
from tests.insights.listening import heard, inside, program

__all__ = ["places"]
READERS = ("anna", "dora", "donald")


def rows_of(client, part, asked):
    file = reverse("understand_file", kwargs={"page": "scores", "part": part, "kind": "csv"})
    answer = client.get(file, asked)
    if answer.status_code != 200:
        return []
    return [row for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))) if row["n"]]


def atoms(units, months):
    return frozenset((unit, month) for unit in units for month in months)


def gathered(visit, cast, places, made):
    """Every equation in the files of three readers, and in the tiles that an analyst's shared views give to heads."""
    known = set()
    for name in READERS:
        known |= in_trends(visit(name), name, places, made) | in_groups(visit(name), name, places, made)
    return {one for one in known | in_tiles(visit, cast, made) if one.atoms}


def in_trends(client, name, places, made):
    """Month by month, of all and of each unit with what is below it."""
    asked = {"program": made.pk, "from": MONTHS[0], "to": MONTHS[-1]}
    return {
        Equation(atoms(_reach(name, inside_of), [row["month"]]), int(row["n"]))
        for inside_of in ("", *(places if name == "anna" else ()))
        for row in rows_of(
            client, "trend", {**asked, "in.unit": places[inside_of].pk} if inside_of else asked
        )
    }  # fmt: skip


def in_groups(client, name, places, made):
    """Units by month, and departments over every span."""
    found = set()
    for first, last in spans():
        months = [month for month in MONTHS if first <= month <= last]
        asked = {"program": made.pk, "from": first, "to": last}
        for row in rows_of(client, "groups", {**asked, "by": ["unit", "month"]}):
            if row["unit"] in places:
                found.add(Equation(atoms({row["unit"]}, [row["month"]]), int(row["n"])))
        for row in rows_of(client, "groups", {**asked, "by": "unit-department"}):
            units = BELOW.get(row["Department"], set()) & _reach(name, "")
            found.add(Equation(atoms(units, months), int(row["n"])))
    return found


def in_tiles(visit, cast, made):
    """The same view on three dashboards: each shows what its owner may see."""
    found = set()
    for first, last in spans():
        asked = urlencode({"program": made.pk, "from": first, "to": last})
        view = keep_view(owner=cast.anna, name=f"{first} {last}", page="scores", asked=asked)
        share_view(view=view, by=cast.anna, everybody=True)
        for name in READERS:
            tile = add_tile(user=cast.users[name], view=view)
            n = overall_of(visit(name).get(reverse("tile", args=[tile.pk])).content.decode())
            if n is not None:
                months = [month for month in MONTHS if first <= month <= last]
                found.add(Equation(atoms(_reach(name, ""), months), n))
    return found


@pytest.mark.parametrize("seed", [1])
def test_no_small_group_follows_from_files_and_tiles(cast, visit, places, seed):
    sizes, rows = answers(places, seed)
    made = inside()
    heard(made, rows)
    known = gathered(visit, cast, places, made)
    assert len(known) > 10  # something is told
    assert isolated(sizes, known) == []


def test_the_same_attack_succeeds_where_nothing_was_promised(cast, visit, places):
    sizes, rows = answers(places, 1)
    made = program("Colleagues", Side.KIN, measures="engagement", high=5, identity="identified")
    heard(made, rows)
    assert len(isolated(sizes, in_groups(visit("anna"), "anna", places, made), most=4)) == 4
