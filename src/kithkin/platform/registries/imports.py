"""What can be imported: a room brings a kind, the platform does the rest.

A kind says which fields a line may have, and plans what a line would do; it never writes. Reading the file, matching
columns, the report, the run in chunks, the audit trail, resuming and undoing are the same for every kind.

    class Planner:
        def __init__(self, setting: Setting) -> None: ...       # once per job: read what every line needs
        def same(self, line: Line, *, claims: bool = True) -> int | None: ...   # an earlier line about the same thing
        def plan(self, lines: Sequence[Line]) -> Sequence[Planned]: ...   # a chunk: a constant number of queries

    imports.add(ImportKind("accounts", _("Accounts"), _("Each line is …"), allowed=…, fields=lambda user: FIELDS,
                           planner=Planner, models=(Account,)))

`plan` returns one `Planned` for each line, in order: `Create(instance)` and `Change(before, after, fields)` over the
`models` of the kind, whose order is the order in which rows are made (those pointed to first). Rows to be locked are
read through `setting.read(queryset)`. `same` is called once for each line, in the file's order, before `plan`; a line
that is refused anyway claims nothing, so that the next about the same thing stands. `plan` tells all that is wrong.

Where what a column may hold depends on the file (a column for each figure), `fields_of` names the fields of one import,
and `page` the address name of a page of the kind's own on which the columns are told; it is given the import's key.

What is only ever added, by the hundred thousand, into columns that are not known beforehand (responses) comes in bulk:
such a kind has a page of its own on which columns are told, and a loader that reads and writes whole chunks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from django.db import connection, models

from kithkin.platform.imports.values import text
from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.events import Fact
    from kithkin.platform.imports.kept import Cells, KeptLines
    from kithkin.platform.imports.lines import Line, Planned
    from kithkin.platform.models import Import, User

M = TypeVar("M", bound=models.Model)
Row = models.Model
Pair = tuple[models.Model | None, models.Model]
Told = tuple[models.Model, Mapping[str, Sequence[str]]]


@dataclass(frozen=True)
class Field:
    """One thing that a column may hold.

    `read` turns a cell into a value, or raises `BadValue`. `synonyms` are other names for it in any language;
    `looks_like` says of a cell whether it could be one, where that tells fields apart (an e-mail, not a name).
    """

    key: str
    label: str | Promise
    read: Callable[[str], Any] = field(default_factory=lambda: text(200))
    synonyms: tuple[str, ...] = ()
    looks_like: Callable[[str], bool] | None = None
    required: bool = False
    clears: bool = True
    """Whether an empty cell may take the value away, where the person chose that."""


@dataclass(frozen=True)
class Option:
    """A choice for the whole file, asked beside the columns: `field` names the field that makes it needless."""

    key: str
    label: str | Promise
    choices: Sequence[tuple[str, str | Promise]]
    field: str = ""
    guess: Callable[[Mapping[str, Sequence[str]]], str] | None = None
    """Which choice the first values speak for, by the fields that were matched."""


@dataclass(frozen=True)
class Setting:
    """What a planner is told: the choices for the whole file, who imports and which import; whether it is the run."""

    import_id: int
    user: User | None
    options: Mapping[str, str]
    fields: frozenset[str]
    running: bool
    name: str = ""
    """The file as it was called."""

    def read(self, rows: models.QuerySet[M]) -> models.QuerySet[M]:
        """Rows that may be changed: locked until the chunk is written, where the database can."""
        if self.running and connection.features.has_select_for_update:
            return rows.order_by("pk").select_for_update(of=("self",))
        return rows


class Planner(Protocol):
    """See the module."""

    def same(self, line: Line, *, claims: bool = True) -> int | None:
        """The number of an earlier line about the same thing."""
        ...

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """What each line would do."""
        ...


@dataclass(frozen=True)
class SecondReading:
    """What lines say of one another is read once all are in, so that their order does not matter.

    It takes place where one of the `fields` is matched, on the lines that were not refused. `same` is told every line
    before the first `plan`. What is refused here leaves the rest of its line standing.
    """

    planner: Callable[[Setting], Planner]
    fields: frozenset[str]


@dataclass(frozen=True)
class RefusedLine:
    """A line of a bulk import that cannot come in: each of its problems as [column, value, reason, remedy]."""

    number: int
    problems: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Loaded:
    """What became of a chunk, or would."""

    created: int = 0
    unchanged: int = 0
    refused: Sequence[RefusedLine] = ()


class Loader(Protocol):
    """Made once per job: `load` is given one chunk after the other, in the chunk's transaction where it is to write."""

    def load(self, lines: Sequence[Cells]) -> Loaded:
        """Read the chunk and, in the run, write it."""
        ...


@dataclass(frozen=True)
class InBulk:
    """How a kind comes in that is only ever added; see the module."""

    page: str
    """The address name of the page on which the columns are told; it is given the import's key."""
    loader: Callable[[Import, KeptLines, bool], Loader]
    """Of an import, its lines, and whether it is the run."""
    remove: Callable[[Import, int], int]
    """Take out at most so many rows of an import; how many went, none once all are gone."""
    most_columns: int = 2_500


BULK_LINES = 2_000
"""Lines in a chunk of those: it is written within a second."""


def _plans_nothing(_setting: Setting) -> Planner:
    raise TypeError("a kind that comes in bulk plans no lines")


@dataclass(frozen=True)
class ImportKind:
    """One kind of thing that can be imported; see the module."""

    key: str
    label: str | Promise
    about: str | Promise
    """What a line of the file is, in one sentence."""
    allowed: Callable[[User], bool]
    fields: Callable[[User | None], Sequence[Field]]
    fields_of: Callable[[Import], Sequence[Field]] | None = None
    """The fields of one file, where they depend on it; `fields` are then those of an empty file to fill."""
    page: str = ""
    """The address name of the kind's own page for its columns; see the module."""
    most_columns: int = 500
    planner: Callable[[Setting], Planner] = _plans_nothing
    models: tuple[type[models.Model], ...] = ()
    options: tuple[Option, ...] = ()
    imported: Callable[[int, int], Fact] | None = None
    """The event of one chunk: of which import, and how many lines of it did something."""
    told: Callable[[Sequence[Pair]], Sequence[Told]] | None = None
    """Changes inside one field, in the kind's own words for the audit trail: of (before or None, after) of a chunk."""
    brought: Callable[[Import], Sequence[tuple[str, str | Promise]]] | None = None
    """(address, words) of the lists that show what an import brought."""
    sees: Callable[[User | None, Row], bool] | None = None
    """Whether what somebody is told of their import may call this row by its name; where it is not said, it may."""
    covers: Callable[[User, Import], bool] | None = None
    """Whether all that an import did is this user's to take back; where it is not said, it is."""
    second: SecondReading | None = None
    touched: Callable[[Sequence[Row]], None] | None = None
    """Told of all rows that a chunk made or changed, or that were taken back, in its transaction: for what follows."""
    makes: type[Row] | None = None
    """The rows that are counted as new, where they are not those of the first of the `models`."""
    gathered: str = ""
    """The field by which lines belong together (events of one request): those lines are planned in one chunk, in the
    file's order, wherever they stand in it."""
    whole: bool = False
    """Whether lines only make sense together (a tree): then the file is one chunk, of at most `WHOLE_LIMIT` lines."""
    bulk: InBulk | None = None
    position: int = 100

    @property
    def labels(self) -> tuple[str, ...]:
        """The `models` by their labels, in their order."""
        return tuple(model._meta.label_lower for model in self.models)


WHOLE_LIMIT = 5_000
imports: Registry[ImportKind] = Registry(lambda kind: (kind.position, kind.key))


def kinds_for(user: User) -> list[ImportKind]:
    """The kinds that this user may import."""
    return [kind for kind in imports if kind.allowed(user)]


def kind_of(key: str) -> ImportKind | None:
    """The kind of this key, None where its room has gone."""
    return next((kind for kind in imports if kind.key == key), None)
