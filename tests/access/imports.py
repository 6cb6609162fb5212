"""Imports: administrators and program managers; one's own, administrators everybody's."""

from __future__ import annotations

from tests.access.table import ADMINISTRATORS, MANAGERS, Row
from tests.cast import Cast
from tests.directory.imports.files import check, upload

BAD = "number,name,email\nK-1,Kim,kim at x\nK-2,Lee,\n"


def _of_percy(cast: Cast) -> dict[str, int]:
    return {"pk": check(upload(cast.percy, BAD, name="percys-file.csv")).pk}


def _fresh(cast: Cast) -> dict[str, int]:
    return {"pk": upload(cast.percy, BAD, name="percys-file.csv").pk}


def _listed(cast: Cast) -> dict[str, int]:
    upload(cast.percy, BAD, name="percys-file.csv")
    upload(cast.alice, BAD, name="alices-file.csv")
    return {}


STEP = Row(MANAGERS, _of_percy, post=lambda _cast: {}, status=302)
ROWS = {
    "imports": Row(
        MANAGERS,
        _listed,
        sees=lambda _cast: {"percys-file.csv": MANAGERS, "alices-file.csv": ADMINISTRATORS},
    ),
    "new_import": Row(MANAGERS),
    "import_sample": Row(MANAGERS, lambda _cast: {"kind": "people"}),
    "import_page": Row(MANAGERS, _of_percy),
    "import_columns": Row(MANAGERS, _fresh),
    "import_refused": Row(MANAGERS, _of_percy),
    "import_run": STEP,
    "import_undo": STEP,
    "import_resume": STEP,
    "import_forget": STEP,
}
