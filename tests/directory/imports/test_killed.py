"""A worker is killed at every statement in turn: when another goes on, every table is as if nothing had happened."""

from __future__ import annotations

from typing import Any

import pytest

from kithkin.directory.models import Account
from kithkin.platform.models import Import
from kithkin.platform.services.imports import check_import, working
from tests.cast import Cast, make_cast, make_kith
from tests.directory.imports.files import upload
from tests.directory.imports.killing import Trial, backwards, differ, forwards

pytestmark = pytest.mark.django_db(transaction=True)
COLUMNS = ("number", "name", "email", "phone", "side", "account", "unit", "tied_to", "tied_as")
MAPPING = {column: column for column in COLUMNS}
FILE = """number,name,email,phone,side,account,unit,tied_to,tied_as
{0}-1,Kim B,{0}kim@x.example,,kith,,,{0}-9,family
{0}-2,Lee,{0}lee@x.example,,kith,Acme,,,
{0}-3,Max,not an address,,kith,,,{0}-1,family
{0}-4,Ada,,+49 30 1234567,kin,,IT,,
{0}-5,Bo,{0}bo@x.example,,kith,,,{0}-3,payer
{0}-5,Bo again,,,kith,,,,
{0}-7,Cy
{0}-8,Dot,,,kin,,IT,,
{0}-9,Eve,{0}eve@x.example,,both,Acme,IT,{0}-1;{0}-2,family;user
,Fay,fay.{0}@customer.example,,kith,,,{0}eve@x.example,payer
,Gil {0},,,kith,Acme,,,
{0}-12,Hal,,,kith,Nobody,,{0}-99,payer
"""


@pytest.fixture
def cast(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Cast:
    settings.IMPORT_CHUNK_LINES = 4
    monkeypatch.setattr(working, "BREATH", 0)
    monkeypatch.setattr("kithkin.platform.services.imports.undoing.LINES", 4)
    found = make_cast()
    Account.objects.create(name="Acme", number="C-1")
    return found


def prepared(cast: Cast, prefix: str) -> Import:
    """People who are there already, and a file about them and others."""
    make_kith("Kim", external_id=f"{prefix}-1", language="de")
    make_kith(f"Fay {prefix}")
    make_kith("Bo", external_id=f"{prefix}-5")
    return upload(cast.alice, FILE.format(prefix), name="people.csv")


def matched(one: Import) -> None:
    """Each column is the field of its name."""
    check_import(one=one, mapping=MAPPING, options={"empty": "keep"})


@pytest.mark.parametrize(("journey", "before", "least"), [(forwards, None, 100), (backwards, forwards, 40)])
def test_killed_at_any_statement_and_resumed_it_ends_as_if_undisturbed(cast, journey, before, least):
    count, found = differ(cast, Trial(prepared, matched), journey, before, writes=journey is backwards)
    assert (count > least, found) == (True, {})
