"""How long a file of 50,000 people takes to come in: checked, run, sent again, and taken back, on SQLite."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

PEOPLE = 50_000
BUDGET = 60.0
WORDS = ("Anna", "Bernd", "Clara", "David", "Emma", "Felix", "Greta", "Hannes", "Ida", "Jonas", "Kim", "Lena")


def run() -> list[tuple[str, float, float]]:
    """(name, seconds, budget): the work is done in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "KITHKIN_HOME": home,
            "DATABASE_URL": f"sqlite:///{home}/kithkin.sqlite3",
            "KITHKIN_LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "kithkin.config.settings",
        }
        done = subprocess.run(
            [sys.executable, "-m", "bench.imports"], env=environment, check=True, capture_output=True, text=True
        )
    checked, ran, again, undone = (float(part) for part in done.stdout.split())
    return [
        (f"{PEOPLE:,} people with 5 attributes, checked and run, in seconds", checked + ran, BUDGET),
        ("the same file again, checked and run, in seconds", again, BUDGET),
        ("all of them taken back, in seconds", undone, BUDGET),
    ]


def main() -> None:
    import time  # noqa: PLC0415 (what follows needs Django, which the process around this one does without)
    import uuid  # noqa: PLC0415

    import django  # noqa: PLC0415

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415

    from kithkin.directory.models import AttributeDefinition, Person  # noqa: PLC0415
    from kithkin.platform.imports.guessing import guess  # noqa: PLC0415
    from kithkin.platform.imports.kept import head  # noqa: PLC0415
    from kithkin.platform.models import Import, Role, RoleGrant, User  # noqa: PLC0415
    from kithkin.platform.registries.imports import kind_of  # noqa: PLC0415
    from kithkin.platform.services import imports  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    alice = User.objects.create_user("alice@company.example", name="Alice")
    RoleGrant.objects.create(user=alice, role=Role.ADMINISTRATOR)
    for key, kind in (("size", "number"), ("born", "date"), ("vip", "yes_no"), ("plan", "choice"), ("hobby", "text")):
        AttributeDefinition.objects.create(key=key, label=key, kind=kind, choices=["gold", "silver"])
    kind = kind_of("people")
    assert kind

    def upload() -> Import:
        with tempfile.NamedTemporaryFile("w", delete=False, suffix=".csv") as file:
            _write(file)
        return imports.take_upload(
            by=alice, kind=kind, path=Path(file.name), name="people.csv", sha256="", size=0, once=uuid.uuid4()
        )

    def work(one: Import) -> float:
        began = time.perf_counter()
        while one.is_working:
            Import.objects.filter(pk=one.pk).update(lease_until=None)
            imports.work_on_import(one.pk)
            one.refresh_from_db()
        assert not one.failure, one.failure
        return time.perf_counter() - began

    def check(one: Import) -> float:
        found = head(one.path)
        mapping = guess(found.columns, found.values, kind.fields(alice))
        assert len(mapping) == len(found.columns), mapping
        imports.check_import(one=one, mapping=mapping, options={"side": "kith", "empty": "keep"})
        one.refresh_from_db()
        return work(one)

    def run_to_end(one: Import) -> float:
        imports.run_import(one=one)
        one.refresh_from_db()
        return work(one)

    one, again = upload(), upload()
    checked, ran = check(one), run_to_end(one)
    assert Person.objects.count() == PEOPLE
    repeated = check(again) + run_to_end(again)
    imports.undo_import(one=one)
    one.refresh_from_db()
    undone = work(one)
    assert Person.objects.count() == 0
    print(checked, ran, repeated, undone)


def _write(file) -> None:
    pick = random.Random(20)
    file.write("number,name,email,phone,country,language,size,born,vip,plan,hobby\n")
    for place in range(PEOPLE):
        name = f"{pick.choice(WORDS)} {pick.choice(WORDS)}son"
        born = f"{pick.randint(1940, 2005)}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}"
        phone = f"+49 30 {pick.randint(1_000_000, 9_999_999)}"
        file.write(
            f"K-{place},{name},kim.{place}@customer.example,{phone},DE,de,{pick.randint(1, 200)},{born},"
            f"{pick.choice(('yes', 'no'))},{pick.choice(('gold', 'silver'))},{pick.choice(WORDS)}\n"
        )


if __name__ == "__main__":
    main()
