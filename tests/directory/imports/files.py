"""Files on their way in, as a test sends them."""

from __future__ import annotations

import uuid
from pathlib import Path
from tempfile import NamedTemporaryFile

from kithkin.platform.imports.guessing import guess
from kithkin.platform.imports.kept import head
from kithkin.platform.models import Import, ImportRow, ImportState, User
from kithkin.platform.registries.imports import kind_of
from kithkin.platform.services.imports import check_import, run_import, take_upload, undo_import, work_on_import


def upload(by: User, content: str | bytes, *, kind: str = "people", name: str = "people.csv") -> Import:
    """The file, taken in."""
    with NamedTemporaryFile(delete=False) as file:
        file.write(content.encode() if isinstance(content, str) else content)
    known = kind_of(kind)
    assert known
    return take_upload(
        by=by, kind=known, path=Path(file.name), name=name, sha256="0" * 64, size=len(content), once=uuid.uuid4()
    )


def work(one: Import) -> Import:
    """Let workers carry it on until nobody has to."""
    for _ in range(1000):
        one.refresh_from_db()
        if not one.is_working:
            return one
        Import.objects.filter(pk=one.pk).update(lease_until=None)
        work_on_import(one.pk)
    raise AssertionError("it does not end")


def check(one: Import, mapping: dict[str, str] | None = None, **options: str) -> Import:
    """Columns matched as they are guessed, or like this, and the file checked."""
    kind = kind_of(one.kind)
    assert kind
    found = head(one.path)
    mapping = guess(found.columns, found.values, kind.fields(one.by)) if mapping is None else mapping
    check_import(one=one, mapping=mapping, options={"side": "kith", "empty": "keep", **options})
    return work(one)


def run(one: Import) -> Import:
    """The run, to its end."""
    run_import(one=one)
    one = work(one)
    assert (one.state, one.failure) == (ImportState.DONE, "")
    return one


def undo(one: Import) -> Import:
    """The way back, to its end."""
    undo_import(one=one)
    return work(one)


def bring(by: User, content: str | bytes, mapping: dict[str, str] | None = None, **options: str) -> Import:
    """Uploaded, checked and run."""
    kind = options.pop("kind", "people")
    return run(check(upload(by, content, kind=kind), mapping, **options))


def counts(one: Import, phase: str = "run") -> dict[str, int]:
    """Lines by what became of them, those that are none left out."""
    found = one.counts.get(phase, {})
    return {key: found[key] for key in ("created", "changed", "unchanged", "refused") if found.get(key)}


def refused(one: Import) -> list[tuple[int, str, str]]:
    """(line, column, reason) of what was refused."""
    rows = ImportRow.objects.filter(of=one, action="refused").order_by("number")
    return [(row.number, problem[0], problem[2]) for row in rows for problem in row.problems]
