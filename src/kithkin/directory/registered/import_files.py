"""Files that came in hold people: what is kept of them is named, handed over and erased."""

from __future__ import annotations

from kithkin.directory.imports import personal
from kithkin.platform.models import Import, ImportRow
from kithkin.platform.registries.personal import PersonalData, personal_data

personal_data.add(
    PersonalData(
        "arrivals",  # before "directory", which deletes the person by whose name files are searched
        frozenset({Import, ImportRow}),
        personal.export,
        personal.erase,
        files=personal.files,
    )
)
