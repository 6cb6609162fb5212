"""The file as an import keeps it: a folder with the upload, what its head shows, and its lines cut into chunks.

The lines are copied once into an Arrow file whose batches are the chunks, so that any chunk is read at once, from a
workbook too, and a line keeps the number a spreadsheet shows it under.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from kithkin.platform.imports.guessing import REASON
from kithkin.platform.imports.refused import unguarded
from kithkin.platform.text import quoted
from kithkin.tables import Lines, Source, TableError, source

UPLOAD, HEAD, LINES = "upload", "head.json", "lines.arrow"
GATHERED = "gathered-{}.arrow"
MOST_COLUMNS = 500
LONGEST_NAME = 200
_LONGEST_HEADER = 256 << 10
LOOKED_AT = 500
SAMPLES = 3
_BEFORE = 3
"""Columns that stand before the file's own: a line's number, its fault, what lies beyond."""
PATIENCE = 40.0
"""Seconds in which a file must be read through: a job may not take longer."""


class NotImportable(Exception):
    """The file cannot be imported: what is wrong with it, and what to do."""


@dataclass(frozen=True)
class Head:
    """The columns of a file, and the first values of each.

    `codes` holds, of columns whose values are codes with labels (SPSS), label → code: cells show the label, and a
    field that makes nothing of it is given the code.
    """

    columns: tuple[str, ...]
    values: dict[str, list[str]]
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def samples(self, column: str) -> list[str]:
        """Three values, cut short."""
        return [_brief(value) for value in dict.fromkeys(self.values.get(column, ()))][:SAMPLES]


@dataclass(frozen=True)
class Cells:
    """One line as it stands in the file; `beyond` holds fields for which there is no column, `fault` what is wrong."""

    number: int
    cells: tuple[str, ...]
    beyond: tuple[str, ...] = ()
    fault: str = ""


def look(folder: Path, name: str, most_columns: int = MOST_COLUMNS) -> Head:
    """Read the head of the upload and keep it beside it. `name` is what the file is called in messages."""
    _check_first_line(folder / UPLOAD, name)
    opened = _opened(folder / UPLOAD, name)
    if len(opened.columns) > most_columns:
        said = _("“%(name)s” has %(count)s columns, %(most)s are the most. Leave out what is not to be imported.")
        raise NotImportable(said % {"name": name, "count": f"{len(opened.columns):,}", "most": most_columns})
    long = next((column for column in opened.columns if len(column) > LONGEST_NAME), None)
    if long:
        said = _("“%(name)s” has a column whose name is %(length)s letters long: “%(column)s”. Shorten its name.")
        raise NotImportable(said % {"name": name, "length": f"{len(long):,}", "column": _brief(long)})
    values = _first_values(opened, folder / UPLOAD, name)
    codes = {column: {label: code for code, label in said.items()} for column, said in opened.labels.items()}
    head = Head(opened.columns, values, codes)
    with _made(folder / HEAD) as file:
        file.write(json.dumps([head.columns, values, codes]).encode())
    return head


def head(folder: Path) -> Head:
    """What `look` found. FileNotFoundError where it is gone."""
    columns, values, codes = json.loads((folder / HEAD).read_bytes())
    return Head(tuple(columns), values, codes)


def prepare(folder: Path, name: str, chunk: int, most: int | None = None) -> tuple[int, int]:
    """Copy the lines into chunks of at most so many, unless that was done; (lines, chunks).

    With `most` the whole file is one chunk, refused where it is longer. The file appears when it is complete.
    """
    if not (folder / LINES).exists():
        path = folder / UPLOAD
        opened = _opened(path, name)
        schema = _schema(len(opened.columns))
        with _made(folder / LINES) as file, pa.ipc.new_file(file, schema) as writer:
            batches = _batches(opened, schema, path, name)
            if most is not None:
                batches = _as_one(batches, schema, name, most)
            for batch in batches:
                for start in range(0, batch.num_rows, chunk if most is None else batch.num_rows):
                    writer.write_batch(batch.slice(start, chunk if most is None else None))
    with kept(folder) as lines:
        return lines.total, lines.chunks


def gather(folder: Path, column: int, chunk: int) -> int:
    """Write the lines once more with those that have the same text in this column side by side; how many chunks.

    They stay in the file's order otherwise, and a chunk ends only where the text changes.
    """
    path = folder / GATHERED.format(column)
    if not path.exists():
        with kept(folder) as lines:
            table = lines.table().combine_chunks()
        texts = pc.utf8_trim_whitespace(pc.fill_null(table.column(column + _BEFORE), ""))
        order = pa.table({"text": texts, "number": table.column(0)})
        places = pc.sort_indices(order, sort_keys=[("text", "ascending"), ("number", "ascending")])
        with _made(path) as file, pa.ipc.new_file(file, table.schema) as writer:
            for start, end in _whole_runs(texts.take(places), chunk):
                for batch in table.take(places[start:end]).combine_chunks().to_batches():
                    writer.write_batch(batch)
    with kept(folder, column) as lines:
        return lines.chunks


def _whole_runs(texts: Any, chunk: int) -> Iterator[tuple[int, int]]:
    """Cut at the first change of text after so many lines."""
    ends = pc.run_end_encode(texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts)
    start = 0
    for end in ends.run_ends.to_pylist():
        if end - start >= chunk:
            yield start, end
            start = end
    if start < len(texts):
        yield start, len(texts)


class KeptLines:
    """The lines of an import, by chunk."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.chunks = int(reader.num_record_batches)

    @property
    def total(self) -> int:
        """How many lines there are."""
        return sum(self._reader.get_batch(index).num_rows for index in range(self.chunks))

    def chunk(self, index: int) -> list[Cells]:
        """The lines of one chunk."""
        batch = self._reader.get_batch(index)
        numbers, faults, beyond, *columns = (column.to_pylist() for column in batch.columns)
        rows = zip(*columns, strict=True) if columns else iter(())
        return [
            Cells(number, tuple(unguarded(cell) if cell else "" for cell in row), tuple(more or ()), fault or "")
            for number, fault, more, row in zip(numbers, faults, beyond, rows, strict=True)
        ]

    def table(self) -> Any:
        """All of them as they are kept."""
        return self._reader.read_all()

    def distinct(self, place: int) -> set[str]:
        """Every text that stands in a column, once."""
        found: set[str] = set()
        for index in range(self.chunks):
            found.update(self._reader.get_batch(index).column(place + _BEFORE).unique().to_pylist())
        return {unguarded(text) for text in found if text}

    def columns(self) -> Iterator[Any]:
        """The texts of every column of every chunk, and of what lay beyond the columns."""
        for index in range(self.chunks):
            _numbers, _faults, beyond, *columns = self._reader.get_batch(index).columns
            yield from (beyond.flatten(), *columns)

    def __iter__(self) -> Iterator[Cells]:
        for index in range(self.chunks):
            yield from self.chunk(index)


def ready(folder: Path, gathered: int | None = None) -> bool:
    """Whether the lines were cut into chunks: into those that `kept` reads."""
    return (folder / _lines_file(gathered)).exists()


@contextmanager
def kept(folder: Path, gathered: int | None = None) -> Iterator[KeptLines]:
    """The lines as they were prepared, or as they were gathered by a column; FileNotFoundError where they are gone."""
    with pa.memory_map(str(folder / _lines_file(gathered))) as mapped, pa.ipc.open_file(mapped) as reader:
        yield KeptLines(reader)


def _lines_file(gathered: int | None) -> str:
    return LINES if gathered is None else GATHERED.format(gathered)


def holds(folder: Path, name: str, texts: set[str]) -> bool:
    """Whether a cell of the file is one of these texts (in small letters); a file that cannot be read may hold them."""
    wanted = pa.array(sorted(texts), pa.string())
    try:
        prepare(folder, name, LOOKED_AT)
        with kept(folder) as lines:
            return any(
                pc.any(pc.is_in(pc.utf8_trim_whitespace(pc.utf8_lower(cells)), value_set=wanted)).as_py()
                for cells in lines.columns()
            )
    except (NotImportable, pa.ArrowException, OSError):
        return True


def readable(error: TableError, path: Path, name: str) -> str:
    """What the reader says of a file, with the file called as its owner calls it."""
    return str(error).replace(str(path), quoted(name))


def _opened(path: Path, name: str) -> Source:
    try:
        return source(path)
    except TableError as error:
        raise NotImportable(readable(error, path, name)) from None


def _check_first_line(path: Path, name: str) -> None:
    """Refuse a header that no table has before a parser takes minutes over it."""
    with path.open("rb") as file:
        start = file.read(_LONGEST_HEADER)
    if start.startswith((b"PK", b"PAR1", b"$FL")) or len(start) < _LONGEST_HEADER:
        return
    if b"\n" not in start and b"\r" not in start:
        most = max(start.count(mark) for mark in (b",", b";", b"\t", b"|"))
        said = _("The first line of “%(name)s” goes on for more than %(size)s kB and names at least %(count)s columns.")
        more = _("Name each column in it, %(most)s at most.") % {"most": MOST_COLUMNS}
        size = {"name": name, "size": _LONGEST_HEADER >> 10, "count": f"{most + 1:,}"}
        raise NotImportable(f"{said % size} {more}")


def _first_values(opened: Source, path: Path, name: str) -> dict[str, list[str]]:
    lines = opened.lines()
    values: dict[str, list[str]] = {column: [] for column in opened.columns}
    try:
        for _numbers, batch in islice(lines, 1):
            for column, cells in zip(opened.columns, _labelled(opened, batch.columns), strict=True):
                values[column] = [_brief(cell) for cell in cells[:LOOKED_AT].to_pylist() if cell][:LOOKED_AT]
    except TableError as error:
        raise NotImportable(readable(error, path, name)) from None
    finally:
        lines.close()
    return values


def _schema(width: int) -> Any:
    named = [("number", pa.int64()), ("fault", pa.string()), ("beyond", pa.list_(pa.string()))]
    return pa.schema([*named, *((f"c{place}", pa.string()) for place in range(width))])


def _batches(opened: Source, schema: Any, path: Path, name: str) -> Iterator[Any]:
    """Batches with their numbers; the ragged lines last."""
    lines = opened.lines()
    begun = time.monotonic()
    try:
        held: Any = None
        for numbers, batch in lines:
            if held is not None:
                yield held
            held = pa.RecordBatch.from_arrays(
                [
                    pa.array(numbers, pa.int64()),
                    pa.nulls(len(numbers), pa.string()),
                    pa.nulls(len(numbers), schema[2].type),
                    *_labelled(opened, batch.columns),
                ],
                schema=schema,
            )
            if time.monotonic() - begun > PATIENCE:
                said = _("“%(name)s” takes longer to read than a minute. Save the table as CSV, or cut it in two.")
                raise NotImportable(said % {"name": name})
        if held is not None:
            yield held if lines.cut_off is None else _marked(held, lines.cut_off, schema)
        yield from _ragged(lines, schema)
    except TableError as error:
        raise NotImportable(readable(error, path, name)) from None
    finally:
        lines.close()


def _labelled(opened: Source, columns: Sequence[Any]) -> Iterator[Any]:
    """The columns with what codes mean in the place of codes; a code without a label stays."""
    for name, cells in zip(opened.columns, columns, strict=True):
        said = opened.labels.get(name)
        yield pa.array([said.get(cell, cell) for cell in cells.to_pylist()], pa.string()) if said else cells


def _marked(batch: Any, number: int, schema: Any) -> Any:
    faults = ["cut off" if one == number else None for one in batch.column(0).to_pylist()]
    columns = [batch.column(0), pa.array(faults, pa.string()), *batch.columns[2:]]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _ragged(lines: Lines, schema: Any) -> Iterator[Any]:
    width = len(schema) - 3
    found = lines.ragged
    for start in range(0, len(found), 10_000):
        part = found[start : start + 10_000]
        cells = [(*line.fields[:width], *[""] * (width - len(line.fields))) for line in part]
        yield pa.RecordBatch.from_arrays(
            [
                pa.array([line.number for line in part], pa.int64()),
                pa.array([f"ragged {len(line.fields)}" for line in part], pa.string()),
                pa.array([list(line.fields[width:]) for line in part], schema[2].type),
                *(pa.array([row[place] for row in cells], pa.string()) for place in range(width)),
            ],
            schema=schema,
        )


def _as_one(batches: Iterator[Any], schema: Any, name: str, most: int) -> Iterator[Any]:
    table = pa.Table.from_batches([], schema)
    for batch in batches:
        table = pa.concat_tables([table, pa.Table.from_batches([batch])])
        if table.num_rows > most:
            said = _(
                "“%(name)s” has more than %(most)s lines, and this kind of file is read as a whole. Cut it in two."
            )
            raise NotImportable(said % {"name": name, "most": f"{most:,}"})
    yield from table.combine_chunks().to_batches()


@contextmanager
def _made(path: Path) -> Iterator[Any]:
    """A file of its owner's alone that appears when it is complete, and not at all otherwise."""
    draft = path.with_suffix(".part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _brief(text: str) -> str:
    plain = "".join(letter if letter.isprintable() else " " for letter in text[:120])
    return plain if len(plain) <= 60 else plain[:59] + "…"


def given_columns(columns: tuple[str, ...]) -> list[tuple[int, str]]:
    """The columns of the file itself, with their places: not the reasons that Kithkin added."""
    return [(place, column) for place, column in enumerate(columns) if column != REASON]
