"""What a door is: how a format is told from the others, read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.losses import Kind, Losses, LossReport
from kithkin.questionnaire.formats.opening import Opened
from kithkin.questionnaire.questionnaire import Questionnaire


@dataclass(frozen=True, slots=True)
class Row:
    """What becomes of one kind of element of a format; `remark` says what of it is not the same."""

    element: str
    becomes: str
    kind: Kind
    remark: str = ""


def rows(table: str) -> tuple[Row, ...]:
    """The rows of a table written as lines of `element | becomes | kind | remark`.

    >>> rows("a heat map | nothing | lost |")[0].kind
    <Kind.LOST: 'lost'>
    """
    found = []
    for line in filter(str.strip, table.splitlines()):
        element, becomes, kind, remark = (part.strip() for part in line.split("|"))
        found.append(Row(element, becomes, Kind(kind), remark))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Format:
    """One format. `recognises` looks at the content only; `read` gives the document of a questionnaire.

    A reader tells each element to the `Losses` that it is handed, and raises FormatError for what is no such file.
    `tables` is what people read of what comes along, by heading; docs/reference/formats is written from it.
    """

    name: str
    label: str
    recognises: Callable[[Opened], bool]
    read: Callable[[Opened, Losses], dict[str, Any]] | None = None
    write: Callable[[Questionnaire, Losses], bytes] | None = None
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in through a door."""

    questionnaire: Questionnaire
    losses: LossReport
    format: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What goes out through a door."""

    content: bytes
    losses: LossReport
    format: str
