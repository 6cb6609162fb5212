"""Files that came in hold people: what is kept of them is named, handed over and erased."""

from __future__ import annotations

from kithkin.platform.models import Import, ImportRow
from kithkin.platform.registries.later import Later
from kithkin.platform.registries.personal import PersonalData, personal_data

_PERSONAL = "kithkin.directory.imports.personal"

personal_data.add(
    PersonalData(
        "arrivals",  # before "directory", which deletes the person by whose name files are searched
        frozenset({Import, ImportRow}),
        Later(f"{_PERSONAL}.export"),
        Later(f"{_PERSONAL}.erase"),
        files=Later(f"{_PERSONAL}.files"),
    )
)
