"""The lines of a file that were refused, to be mended and brought again."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.platform.imports.guessing import REASON
from kithkin.platform.imports.kept import given_columns, kept
from kithkin.platform.imports.refused import as_csv
from kithkin.platform.models import Import, ImportRow, RowAction


def refused_file(one: Import) -> Iterator[str]:
    """CSV of the refused lines as they came, with the reason behind each; FileNotFoundError where the file is gone."""
    with kept(one.path) as lines:
        columns = given_columns(tuple(one.columns))
        refused = ImportRow.objects.filter(of=one, action=RowAction.REFUSED).order_by("number")
        reasons = {row.number: _reasons(row) for row in refused.only("number", "problems").iterator(2000)}
        rows = (
            [*(line.cells[place] for place, _name in columns), *line.beyond, reasons[line.number]]
            for line in lines
            if line.number in reasons
        )
        yield from as_csv([*(name for _place, name in columns), REASON], rows)


def _reasons(row: ImportRow) -> str:
    return " | ".join(
        " ".join(part for part in (f"{column}:" if column else "", reason, remedy) if part)
        for column, _value, reason, remedy in row.problems
    )
