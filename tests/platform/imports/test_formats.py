"""SPSS, Parquet and workbooks go from the upload to the result by the pages, as CSV does."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyreadstat
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kithkin.directory.models import AttributeDefinition, AttributeKind, Membership, Person
from kithkin.platform.models import Import
from tests.directory.imports.files import counts, refused, work

KIM = ("K-1", "Kim Berg", "kim@x.example", "kith", "3", "2001-02-03", "gold")
LEE = ("K-2", "Lee Tal", "", "kin", "", "", "silver")
COLUMNS = ("number", "name", "email", "side", "size", "born", "plan")
KEYS = ("number", "name", "email", "side", "attribute:size", "attribute:born", "attribute:plan")


@pytest.fixture(autouse=True)
def attributes(db):
    AttributeDefinition.objects.create(key="size", label="Size", kind=AttributeKind.NUMBER)
    AttributeDefinition.objects.create(key="born", label="Born", kind=AttributeKind.DATE)
    AttributeDefinition.objects.create(key="plan", label="Plan", kind=AttributeKind.CHOICE, choices=["gold", "silver"])


def through_the_pages(client, content: bytes, name: str, *, refusing: int = 0) -> Import:
    """Uploaded, matched as it is guessed, checked, run."""
    data = {"kind": "people", "once": str(uuid.uuid4()), "file": SimpleUploadedFile(name, content)}
    place = client.post("/settings/imports/new/", data).url
    one = Import.objects.get(pk=int(place.split("/")[3]))
    page = client.get(f"{place}columns/").content.decode()
    guessed = re.findall(r'<select id="(column-\d+)".*?(?:<option value="([^"]*)" selected|</select>)', page)
    chosen = {column: key for column, key in guessed if key}
    assert tuple(chosen.values()) == KEYS[: len(chosen)]
    client.post(f"{place}columns/", {**chosen, "empty": "keep", "side": "kith"})
    work(one)
    said = "2 lines can come in, " + ("none is refused" if not refusing else f"{refusing} refused")
    assert said in client.get(place).content.decode()
    client.post(f"{place}run/")
    work(one)
    assert "2 lines came in" in client.get(place).content.decode()
    one.refresh_from_db()
    return one


def came_in() -> list[tuple[object, ...]]:
    people = Person.objects.filter(external_id__startswith="K-").order_by("external_id")
    return [(one.external_id, one.name, one.email, one.side, one.attributes) for one in people]


BOTH = [
    ("K-1", "Kim Berg", "kim@x.example", "kith", {"size": 3, "born": "2001-02-03", "plan": "gold"}),
    ("K-2", "Lee Tal", "", "kin", {"plan": "silver"}),
]


def workbook(*rows: tuple[object, ...]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_a_workbook(cast, visit):
    rows = (*KIM[:4], 3, dt.date(2001, 2, 3), KIM[6]), (*LEE[:4], None, None, LEE[6])
    one = through_the_pages(visit("alice"), workbook(COLUMNS, *rows), "people.xlsx")
    assert (counts(one), came_in()) == ({"created": 2}, BOTH)


def test_a_workbook_tells_the_rows_as_it_shows_them(cast, visit):
    """An empty row between them counts, as it does on the screen."""
    wrong = ("K-3", "Max", "max at x", "kith", "tall", None, "bronze")
    rows = (*KIM[:4], 3, dt.date(2001, 2, 3), KIM[6]), (), (*LEE[:4], None, None, LEE[6]), wrong
    one = through_the_pages(visit("alice"), workbook(COLUMNS, *rows), "people.xlsx", refusing=1)
    assert refused(one) == [
        (5, "email", "This is no e-mail address."),
        (5, "size", "This is no number."),
        (5, "plan", "This is not one of the choices."),
    ]
    text = b"".join(visit("alice").get(f"/settings/imports/{one.pk}/refused.csv")).decode("utf-8-sig")
    assert text.splitlines()[1].startswith('K-3,Max,max at x,kith,tall,,bronze,"email: This is no e-mail address.')


def test_parquet_with_numbers_days_and_dictionaries(cast, visit):
    table = pa.table(
        {
            "number": ["K-1", "K-2"],
            "name": ["Kim Berg", "Lee Tal"],
            "email": ["kim@x.example", None],
            "side": pa.array(["kith", "kin"]).dictionary_encode(),
            "size": pa.array([3, None], pa.int8()),
            "born": pa.array([dt.date(2001, 2, 3), None], pa.date32()),
            "plan": ["gold", "silver"],
        }
    )
    file = io.BytesIO()
    pq.write_table(table, file)
    one = through_the_pages(visit("alice"), file.getvalue(), "people.parquet")
    assert (counts(one), came_in()) == ({"created": 2}, BOTH)


def spss(folder: Path, frame: pd.DataFrame, **more: object) -> bytes:
    pyreadstat.write_sav(frame, folder / "people.sav", **more)
    return (folder / "people.sav").read_bytes()


def people_in_spss(**columns: object) -> pd.DataFrame:
    plain = {
        "number": ["K-1", "K-2"],
        "name": ["Kim Berg", "Lee Tal"],
        "email": ["kim@x.example", ""],
        "side": [1.0, 2.0],
        "size": [3.0, None],
        "born": [dt.date(2001, 2, 3), None],
        "plan": [1.0, 2.0],
    }
    return pd.DataFrame({**plain, **columns})


LABELS = {"side": {1: "kith", 2: "kin"}, "plan": {1: "gold", 2: "silver"}}


def test_spss_codes_come_in_as_what_their_labels_say(cast, visit, tmp_path):
    content = spss(tmp_path, people_in_spss(), variable_value_labels=LABELS)
    one = through_the_pages(visit("alice"), content, "people.sav")
    assert (counts(one), came_in()) == ({"created": 2}, BOTH)


def test_where_a_number_is_wanted_a_labelled_code_is_one(cast, visit, tmp_path):
    """A scale whose ends have labels: three is "large" to SPSS, and 3 to the attribute."""
    content = spss(tmp_path, people_in_spss(), variable_value_labels={**LABELS, "size": {1: "small", 3: "large"}})
    through_the_pages(visit("alice"), content, "people.sav")
    assert came_in() == BOTH


def test_what_spss_declares_missing_is_an_empty_cell(cast, visit, tmp_path):
    missing = {"size": [{"lo": 97, "hi": 99}], "plan": [9]}
    labels = {**LABELS, "plan": {**LABELS["plan"], 9: "would not say"}}
    frame = people_in_spss(size=[3.0, 98.0], plan=[1.0, 9.0])
    content = spss(tmp_path, frame, variable_value_labels=labels, missing_ranges=missing)
    through_the_pages(visit("alice"), content, "people.sav")
    assert came_in() == [BOTH[0], (*BOTH[1][:4], {})]


def test_a_code_without_a_label_is_refused_as_it_stands(cast, visit, tmp_path):
    frame = pd.concat([people_in_spss(), people_in_spss(number=["K-3", "K-4"], plan=[7.0, 7.0], email=["", ""])])
    content = spss(tmp_path, frame, variable_value_labels=LABELS)
    one = through_the_pages(visit("alice"), content, "people.sav", refusing=2)
    assert refused(one) == [
        (3, "plan", "This is not one of the choices."),
        (4, "plan", "This is not one of the choices."),
    ]


def test_the_columns_page_shows_what_codes_mean(cast, visit, tmp_path):
    content = spss(tmp_path, people_in_spss(), variable_value_labels=LABELS)
    data = {"kind": "people", "once": str(uuid.uuid4()), "file": SimpleUploadedFile("people.sav", content)}
    place = visit("alice").post("/settings/imports/new/", data).url
    page = visit("alice").get(f"{place}columns/").content.decode()
    assert "<span>gold</span><span>silver</span>" in page


def test_kin_of_an_spss_file_work_in_their_unit(cast, visit, tmp_path):
    frame = pd.DataFrame({"number": ["K-2"], "name": ["Lee"], "unit": [1.0], "since": [dt.date(2024, 1, 1)]})
    content = spss(tmp_path, frame, variable_value_labels={"unit": {1: "IT"}})
    client = visit("alice")
    data = {"kind": "people", "once": str(uuid.uuid4()), "file": SimpleUploadedFile("people.sav", content)}
    place = client.post("/settings/imports/new/", data).url
    chosen = {f"column-{place}": key for place, key in enumerate(("number", "name", "unit", "since"))}
    client.post(f"{place}columns/", {**chosen, "side": "kin", "empty": "keep"})
    one = work(Import.objects.get())
    client.post(f"{place}run/")
    assert counts(work(one)) == {"created": 1}
    stay = Membership.objects.get(person__external_id="K-2")
    assert (stay.unit, stay.since) == (cast.it, dt.date(2024, 1, 1))
