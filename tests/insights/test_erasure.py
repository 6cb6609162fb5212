"""After somebody was erased no byte of them is left in what is counted, nor anywhere else in the installation."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django_q.models import OrmQ

from kithkin.directory.models import Person
from kithkin.directory.services.erasure import erase_person
from kithkin.insights.engines import engine, table_of
from kithkin.insights.tasks import loading as tasks
from kithkin.insights.warehouse import load_pending
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.surveys.facts import table_of as facts_of
from kithkin.surveys.models import Response
from kithkin.surveys.services import record_responses
from tests.cast import make_cast
from tests.surveys.programs import answered, make_program

NAME, EMAIL, SAID = "Xaverius Quellmalz", "xaverius.quellmalz@secret.example", "The Zebra-sized shoes were late"
MARKS = ("Quellmalz", "quellmalz", EMAIL, "Zebra-sized")
JOB = "kithkin.insights.tasks.loading.forget_erased"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _warehouse(settings):
    settings.WAREHOUSE = str(Path(settings.HOME) / "warehouse")
    yield
    shutil.rmtree(settings.WAREHOUSE, ignore_errors=True)


def marked_files() -> set[str]:
    """Files that hold a mark, in their bytes or in what a Parquet file holds packed."""
    database = Path(str(connection.settings_dict["NAME"]))
    files = {file for file in Path(settings.HOME).rglob("*") if not file.name.startswith("tests.sqlite3")}
    files |= set(database.parent.glob(f"{database.name}*")) if connection.vendor == "sqlite" else set()
    return {file.name for file in files if file.is_file() and _holds_mark(file)}


def _holds_mark(file: Path) -> bool:
    found = file.read_bytes()
    if file.suffix == ".parquet":
        found += json.dumps(pq.ParquetFile(file).read().to_pylist(), default=str).encode()
    return any(mark.encode() in found for mark in MARKS)


def marked_rows() -> set[str]:
    """Models of which a row holds a mark."""
    rows = {one._meta.label: list(one._default_manager.values()) for one in apps.get_models()}
    said = {label: json.dumps(found, cls=DjangoJSONEncoder, ensure_ascii=False) for label, found in rows.items()}
    return {label for label, text in said.items() if any(mark in text for mark in MARKS)}


def listen():
    """A program in which the person answered, and others before and after; loaded in several turns."""
    make_cast()
    person = Person.objects.create(name=NAME, email=EMAIL, is_kith=True)
    program = make_program()
    others = [answered(f"o{number}", recommend=number % 11, words="Fine") for number in range(30)]
    record_responses(program=program, rows=[*others[:10], answered("x", person=person.pk, recommend=2, words=SAID)])
    load_pending()
    later = answered("y", date(2026, 4, 2), person=person.pk, recommend=1, words=f"I am {NAME}, {EMAIL}")
    record_responses(program=program, rows=[*others[10:], later])
    load_pending()
    return person, program


def test_no_file_and_no_row_holds_them():
    person, program = listen()
    stored = open_table(program.table, place())
    assert stored.compact()
    orphan = Path(settings.WAREHOUSE) / program.table / "month=2026-03" / "part-of-a-killed-load.zstd.parquet"
    pq.write_table(pa.table({"words": [SAID]}), orphan)
    engine().cells(table_of(facts_of(program)))
    assert len(marked_files()) > 3
    assert "surveys.Response" in marked_rows()
    OrmQ.objects.all().delete()
    erase_person(person=person)
    assert [job.func() for job in OrmQ.objects.all() if job.func() == JOB] == [JOB]
    tasks.forget_erased()
    assert marked_files() == set()
    assert marked_rows() == set()


def test_what_others_said_stays():
    person, program = listen()
    erase_person(person=person)
    tasks.forget_erased()
    cells = engine().cells(table_of(facts_of(program)))
    assert sorted(cells["key"].to_pylist()) == sorted(Response.objects.values_list("pk", flat=True))
    assert cells.num_rows == 30


def test_it_is_gone_although_the_rest_of_the_table_had_not_been_loaded():
    person, program = listen()
    record_responses(program=program, rows=[answered("z", recommend=3)])
    erase_person(person=person)
    tasks.forget_erased()
    assert marked_files() == set()
    assert open_table(program.table, place()).rows == 31


def test_a_killed_load_that_comes_back_brings_nothing_of_them_again():
    """Somebody began to write before, and ends after all was swept: what they bring is refused."""
    person, program = listen()
    late, table = open_table(program.table, place()), facts_of(program)
    rows = table.rows(1, 2**40)
    erase_person(person=person)
    tasks.forget_erased()
    with pytest.raises(Exception, match=program.table):
        late.replace([(1, 2**40)], rows)
    tasks.forget_erased()
    assert marked_files() == set()
