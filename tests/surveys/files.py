"""Files of responses on their way in, as a test sends them."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from kithkin.platform.models import Import, User
from kithkin.platform.registries.imports import kind_of
from kithkin.platform.services.imports import take_upload
from kithkin.surveys.imports.codebook import applied, typed
from kithkin.surveys.imports.keeping import check_with
from kithkin.surveys.imports.plans import FilePlan, WavePlan
from kithkin.surveys.imports.preparing import first_plan
from tests.directory.imports.files import run, work


def upload(by: User, content: str | bytes, name: str = "guests 2026.csv") -> Import:
    """The file, taken in."""
    data = content.encode() if isinstance(content, str) else content
    with NamedTemporaryFile(delete=False) as file:
        file.write(data)
    kind = kind_of("responses")
    assert kind
    return take_upload(
        by=by,
        kind=kind,
        path=Path(file.name),
        name=name,
        sha256=sha256(data).hexdigest(),
        size=len(data),
        once=uuid.uuid4(),
    )


def wave(year: int) -> WavePlan:
    """A year."""
    return WavePlan(None, str(year), date(year, 1, 1).isoformat(), date(year + 1, 1, 1).isoformat())


def check(one: Import, codebook: str = "", **said: object) -> Import:
    """As it is guessed, with this codebook on top, and these parts of the plan."""
    plan: FilePlan = first_plan(one)
    plan = replace(plan, columns=applied(plan.columns, typed(codebook)), **said)  # type: ignore[arg-type]
    check_with(one=one, plan=plan)
    return work(one)


def bring(by: User, content: str | bytes, codebook: str = "", name: str = "guests 2026.csv", **said: object) -> Import:
    """Uploaded, checked and run."""
    return run(check(upload(by, content, name), codebook, **said))
