"""What was promised to respondents holds in files, tiles and the chain as on the page."""

from __future__ import annotations

import csv
import io
from datetime import date

import numpy as np
import pytest
from django.http import QueryDict
from django.urls import reverse

from kithkin.directory.models import UnitKind
from kithkin.forms.services import publish_version
from kithkin.insights.models import Release
from kithkin.insights.services.releases import release_program
from kithkin.insights.services.views import add_tile, keep_view
from kithkin.insights.studies.chain import arrows_of, study_chain
from kithkin.insights.views.parts import shown
from kithkin.insights.warehouse import load_pending
from kithkin.surveys.models import Identity
from kithkin.surveys.services import NewResponse, launch_program, record_responses
from tests.cast import make_unit
from tests.insights.pages.making import MONTHS
from tests.surveys.programs import ASKED, make_program, noon

FEW = "Kiosk"
ENGAGED = {**ASKED, "kithkin": {"metrics": [{"question": "recommend", "measures": "engagement"}]}}


@pytest.fixture
def promised(cast, branches):
    """Employees of every branch answered each month, eight at a time, and three of a kiosk."""
    kiosk = make_unit(FEW, cast.logistics, kind=UnitKind.SITE)
    program = make_program("Working", "kin", launched=False, identity=Identity.CONFIDENTIAL, floor=5)
    publish_version(questionnaire=program.questionnaire, body=ENGAGED, by=None)
    headline = program.questionnaire.fields.get(name="recommend")
    program = launch_program(program=program, dimensions=("unit", "month"), headline=headline)
    rng = np.random.default_rng(3)
    rows = [
        NewResponse(
            at=noon(date(2026, month + 1, 9)), unit=unit.pk, answers={"recommend": int(rng.integers(3, 10))}
        )
        for month in range(MONTHS)
        for unit, size in [*((unit, 8) for unit in branches.units), (kiosk, 3)]
        for _one in range(size)
    ]  # fmt: skip
    record_responses(program=program, rows=rows)
    load_pending()
    release_program(program, today=date(2026, 10, 1))
    return program


def test_a_file_has_no_figure_of_a_group_that_is_hidden(visit, promised):
    asked = f"program={promised.pk}&by=unit-site&from=2026-01&to=2026-03"
    url = f"{reverse('understand_file', args=['scores', 'groups', 'csv'])}?{asked}"
    rows = list(csv.DictReader(io.StringIO(visit("anna").get(url).content.decode())))
    by_site = {next(iter(row.values())): row for row in rows}
    figures = {(row["score"], row["low"], row["high"], row["n"]) for row in rows if row["state"] == "hidden"}
    assert by_site[FEW]["state"] == "hidden"
    assert figures == {("", "", "", "")}
    assert len([row for row in rows if row["state"] == "shown"]) >= 7


def test_a_tile_says_what_the_page_says_and_refuses_what_it_refuses(visit, cast, promised):
    for asked in ("by=unit-site", "by=unit-site&by=touchpoint"):
        view = keep_view(owner=cast.anna, name=asked, page="scores", asked=f"program={promised.pk}&{asked}")
        tile = add_tile(user=cast.anna, view=view)
        tiled = visit("anna").get(reverse("tile", args=[tile.pk])).context
        page = visit("anna").get(f"{reverse('scores')}?{view.asked}").context
        assert tiled.get("refused") == page.get("refused")
        assert page.get("refused") or tiled["found"].finding == page["finding"]


def test_the_chain_of_a_floored_program_is_made_of_what_was_released(branches, promised):
    found = arrows_of(study_chain(branches.program))
    assert set(found) == {("outside", "revenue")}  # engagement is there, its neighbours are not
    stages = study_chain(branches.program).body["stages"]
    assert stages["engagement"]["units"] >= 7
    Release.objects.all().delete()
    assert "engagement" not in study_chain(branches.program).body["stages"]


def test_a_department_head_gets_only_their_part_in_parts(cast, promised):
    asked = QueryDict(f"program={promised.pk}&by=unit-site&from=2026-01&to=2026-03")
    found = {name: shown("scores", asked, cast.users[name]).parts.get("groups") for name in ("anna", "donald", "dora")}
    rows = {name: part.table.num_rows if part else 0 for name, part in found.items()}
    assert rows["anna"] == rows["donald"]
    assert rows["dora"] == 0
