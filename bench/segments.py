"""Counting a segment among 500,000 people on SQLite takes at most a second."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

PEOPLE = 500_000
BUDGET = 1.0
TURNS = 3


def condition(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "operator": operator, **({} if value is None else {"value": value})}


KITH, GERMAN = condition("side", "is", "kith"), condition("country", "is", "DE")
RULES = {
    "side": {"all": [KITH]},
    "side and country": {"all": [KITH, GERMAN]},
    "part of a name": {"all": [condition("name", "contains", "adler 77")]},
    "a unit and below": {"all": [condition("unit", "within", "1")]},
    "a number declared": {"all": [condition("attribute.visits", "more", 7)]},
    "a text declared": {"all": [condition("attribute.motto", "is", "Carpe Diem")]},
    "bought in the last 30 days": {"all": [condition("purchases.last", "last_days", 30)]},
    "three together, one of them not": {"all": [KITH, GERMAN, {"none": [condition("tie", "is", "payer")]}]},
}


def run() -> list[tuple[str, float, float]]:
    """(name, seconds, budget) of each rule, measured in a process with a database of its own."""
    said = subprocess.run([sys.executable, "-m", "bench.segments"], check=True, capture_output=True, text=True).stdout
    found = (line.split("\t") for line in said.splitlines() if "\t" in line)
    return [(f"seconds to count 500,000 people: {name}", float(seconds), BUDGET) for seconds, name in found]


def measure() -> None:
    """Print the seconds of each rule."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "KITHKIN_HOME": folder,
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'bench.sqlite3'}",
            "DJANGO_SETTINGS_MODULE": "kithkin.config.settings",
        }
        import django  # noqa: PLC0415 (only now is it known where it works)

        django.setup()
        _fill()
        for name, seconds in _measured():
            print(f"{seconds:.2f}\t{name}", flush=True)


def _fill() -> None:
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from kithkin.directory.models import AttributeDefinition, Membership, Person, Purchase, Tie, Unit, UnitPeriod  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    AttributeDefinition.objects.create(key="visits", label="Visits", kind="number")
    AttributeDefinition.objects.create(key="motto", label="Motto", kind="text")
    unit = Unit.objects.create(name="IT")
    UnitPeriod.objects.create(unit=unit, name="IT", since=date(2020, 1, 1))
    now = timezone.now()

    def people() -> Iterator[Any]:
        for number in range(PEOPLE):
            name = f"Kim Adler {number}"
            yield Person(
                name=name,
                name_folded=name.lower(),
                is_kith=number % 10 < 9,
                is_kin=number % 10 == 9,
                country=("DE", "AT", "")[number % 3],
                attributes={"visits": number % 10, "motto": ("Carpe diem", "Hic Rhodus")[number % 2]},
            )

    with transaction.atomic():
        _write(Person, people())
        ids = range(1, PEOPLE + 1)
        _write(Tie, (Tie(person_id=pk, kind=("buyer", "payer")[pk % 2]) for pk in ids if pk % 10 < 5))
        _write(
            Membership, (Membership(person_id=pk, unit=unit, since=date(2021, 1, 1)) for pk in ids if pk % 1000 == 0)
        )
        bought = (pk for pk in ids if pk % 5 == 0)
        _write(
            Purchase,
            (Purchase(person_id=pk, at=now - timedelta(days=pk % 400), what="Lamp", amount=5) for pk in bought),
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _write(model: Any, rows: Iterator[Any]) -> None:
    while part := list(islice(rows, 5000)):
        model.objects.bulk_create(part)


def _measured() -> Iterator[tuple[str, float]]:
    from kithkin.directory.queries.segments import fitting  # noqa: PLC0415
    from kithkin.directory.segmentation.parsing import parse  # noqa: PLC0415

    for name, rule in RULES.items():
        took = []
        for _ in range(TURNS):
            began = time.perf_counter()
            count = fitting(parse(rule)).count()
            took.append(time.perf_counter() - began)
        assert count, name
        yield name, statistics.median(took)


if __name__ == "__main__":
    measure()
