"""Rows that do not fit into memory wait on the disk: parted by a key, or in runs that are merged in order."""

from __future__ import annotations

import errno
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kithkin.tables.errors import NoRoom, shown

_WAYS, _BITS = 64, 6  # a pass parts rows into so many files, by so many bits of a hash
_DEEPEST = 32 // _BITS
_RUN = 1 << 20
_SMALLEST_BLOCK = 1 << 10
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}

Records = NDArray[np.void]


@contextmanager
def spill_folder() -> Iterator[Path]:
    """A new folder where TMPDIR says, removed afterwards with all that is in it. Raises NoRoom."""
    with _room(), tempfile.TemporaryDirectory(prefix="kithkin-") as folder:
        yield Path(folder)


def parted(batches: Iterable[Any], key: str, most: int, folder: Path) -> Iterator[Any]:
    """All rows as Arrow tables; the rows of one key stand in one of them, in the order in which they came.

    A table has at most `most` rows, unless one key alone has more. `key` is a column of strings without nulls.
    Raises NoRoom.
    """
    for path, rows in _split(batches, key, 0, folder):
        yield from _bounded(path, rows, key, most, 1)


class Runs:
    """Records (structured arrays of type `kind`) that are added in any order and come back in order of some fields."""

    def __init__(self, kind: np.dtype[np.void], by: Sequence[str], folder: Path, size: int = _RUN) -> None:
        self._kind, self._by, self._size = kind, tuple(by), size
        self._path = folder / "runs"
        self._pending: list[Records] = []
        self._runs: list[int] = []

    def add(self, records: Records) -> None:
        """Keep these, too. Raises NoRoom."""
        self._pending.append(records)
        if sum(piece.size for piece in self._pending) >= self._size:
            self._write()

    def merged(self) -> Iterator[Records]:
        """All records in rising order, in pieces of bounded size; those that tie come in any order."""
        self._write()
        if not self._runs:
            return
        block = max(_SMALLEST_BLOCK, self._size // len(self._runs))
        with self._path.open("rb") as file:
            starts = np.cumsum([0, *self._runs]).tolist()
            heads = [_Head(start, end, np.empty(0, self._kind)) for start, end in pairwise(starts)]
            while heads:
                for head in heads:
                    head.fill(file, block)
                yield self._least(heads)
                heads = [head for head in heads if head.records.size or head.more]

    def _write(self) -> None:
        if self._pending:
            run = self._sorted(self._pending)
            with _room(), self._path.open("ab") as file:
                file.write(run.tobytes())
            self._runs.append(run.size)
            self._pending = []

    def _least(self, heads: Sequence[_Head]) -> Records:
        """Take from the heads all that comes before whatever is still on the disk."""
        lasts = [tuple(head.records[-1][field] for field in self._by) for head in heads if head.more]
        if not lasts:
            return self._sorted([head.take(head.records.size) for head in heads])
        last = min(lasts)
        return self._sorted([head.take(self._up_to(head.records, last)) for head in heads])

    def _up_to(self, records: Records, last: tuple[Any, ...]) -> int:
        """How many of the sorted records do not come after `last`."""
        start, end = 0, records.size
        for field, value in zip(self._by, last, strict=True):
            column = records[field][start:end]
            start, end = (
                start + int(np.searchsorted(column, value)),
                start + int(np.searchsorted(column, value, "right")),
            )
        return end

    def _sorted(self, pieces: Sequence[Records]) -> Records:
        records = np.concatenate(pieces)
        return records[np.lexsort([records[field] for field in reversed(self._by)])]


@dataclass
class _Head:
    """A run from its first record not yet taken: those in memory, and from `start` to `end` those in the file."""

    start: int
    end: int
    records: Records

    @property
    def more(self) -> bool:
        return self.start < self.end

    def fill(self, file: BinaryIO, block: int) -> None:
        if self.more and self.records.size <= block // 2:
            size = min(block, self.end - self.start)
            width = self.records.itemsize
            file.seek(self.start * width)
            read = np.frombuffer(file.read(size * width), self.records.dtype)
            self.records = np.concatenate([self.records, read])
            self.start += size

    def take(self, size: int) -> Records:
        taken, self.records = self.records[:size], self.records[size:]
        return taken


def _bounded(path: Path, rows: int, key: str, most: int, depth: int) -> Iterator[Any]:
    if rows <= most or depth == _DEEPEST:
        table = pa.Table.from_batches(list(_read(path)))
        path.unlink()
        yield table
        return
    inner = path.with_suffix("")
    inner.mkdir()
    parts = _split(_read(path), key, depth, inner)
    path.unlink()
    for part, size in parts:
        yield from _bounded(part, size, key, most if size < rows else rows, depth + 1)


def _split(batches: Iterable[Any], key: str, depth: int, folder: Path) -> list[tuple[Path, int]]:
    """(file, rows) of each part that the `depth`-th bits of the key's hash make."""
    sizes = [0] * _WAYS
    paths = [folder / f"{way}.arrow" for way in range(_WAYS)]
    with _room(), ExitStack() as stack:
        writers: dict[int, Any] = {}
        for batch in batches:
            way = _ways(batch[key], depth)
            grouped = batch.take(pa.array(np.argsort(way, kind="stable")))
            ends = np.cumsum(np.bincount(way, minlength=_WAYS)).tolist()
            for place, (start, end) in enumerate(zip([0, *ends], ends, strict=False)):
                if start < end:
                    if place not in writers:
                        file = stack.enter_context(pa.OSFile(str(paths[place]), "wb"))
                        writers[place] = stack.enter_context(pa.ipc.new_stream(file, batch.schema))
                    writers[place].write_batch(grouped.slice(start, end - start))
                    sizes[place] += end - start
    return [(path, size) for path, size in zip(paths, sizes, strict=True) if size]


def _ways(keys: Any, depth: int) -> NDArray[np.int64]:
    encoded = keys.dictionary_encode()
    ways = [zlib.crc32(text.encode()) >> (_BITS * depth) & (_WAYS - 1) for text in encoded.dictionary.to_pylist()]
    return np.asarray(np.array(ways, dtype=np.int64)[encoded.indices.to_numpy()])


def _read(path: Path) -> Iterator[Any]:
    with pa.OSFile(str(path)) as file, pa.ipc.open_stream(file) as reader:
        yield from reader


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(
                f"{shown(Path(tempfile.gettempdir()))}: no room is left on the disk for the rows that do not fit into "
                "memory. Free some, or let TMPDIR name a folder that has more."
            ) from None
        raise
