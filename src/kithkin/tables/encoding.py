"""Text of any usual encoding as one stream of UTF-8, chunk by chunk.

A byte order mark decides; without one, NUL bytes in every other place mean UTF-16. Otherwise a file is ASCII until the
first chunk that is not: if that chunk is valid UTF-8 the file is UTF-8, else Windows-1252 (a superset of Latin-1).
Nothing is guessed from statistics of letters, and the file is never held in memory.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from kithkin.tables.errors import NotATable, Unreadable, shown

_CHUNK = 4 << 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def detect(head: bytes) -> tuple[str | None, int]:
    """(encoding, length of its mark) from a file's first bytes; None where only reading on can tell."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    pairs = len(head) // 2
    if pairs:
        first, second = head[0 : 2 * pairs : 2].count(0) / pairs, head[1 : 2 * pairs : 2].count(0) / pairs
        if second > 0.4 and first < 0.1:
            return "utf-16-le", 0
        if first > 0.4 and second < 0.1:
            return "utf-16-be", 0
    return None, 0


class Utf8Stream(io.RawIOBase):
    """A file's text as UTF-8 bytes with line ends as they are; `tail` is added at the end.

    Raises Unreadable where the bytes cannot be text of the file's encoding, and NotATable at a NUL character.
    """

    def __init__(self, path: Path, tail: bytes = b"") -> None:
        super().__init__()
        self._path = path
        self._tail = tail
        self._file: BinaryIO = path.open("rb")
        self._chunks = self._utf8()
        self._pending = memoryview(b"")
        self.lines = 0
        self.ends_within_line = False

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, fewer at the end; all that is left where `size` is negative."""
        if size is None or size < 0:
            rest = bytes(self._pending) + b"".join(self._chunks)
            self._pending = memoryview(b"")
            return rest
        parts: list[memoryview] = []
        wanted = size
        while wanted > 0:
            if not self._pending:
                self._pending = memoryview(next(self._chunks, b""))
                if not self._pending:
                    break
            parts.append(self._pending[:wanted])
            self._pending = self._pending[wanted:]
            wanted -= len(parts[-1])
        return b"".join(parts)

    def close(self) -> None:
        """Close the file too."""
        self._file.close()
        super().close()

    def _utf8(self) -> Iterator[bytes]:
        encoding, mark = detect(self._file.read(4096))
        self._file.seek(mark)
        last = b"\n"
        for chunk in self._decoded(encoding):
            if 0 in chunk:
                line = self.lines + chunk[: chunk.index(0)].count(b"\n") + 1
                raise NotATable(
                    f"{shown(self._path)}: a NUL byte in line {line:,}, so it is a binary file or a damaged one. "
                    "Export the table again as CSV, Parquet or XLSX."
                )
            yield chunk
            self.lines += chunk.count(b"\n")
            last = chunk[-1:]
        self.ends_within_line = last not in b"\r\n"
        if self._tail:
            yield (b"\n" if self.ends_within_line else b"") + self._tail

    def _decoded(self, encoding: str | None) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
        try:
            while raw := self._file.read(_CHUNK):
                if decoder is None and not raw.isascii():
                    decoder = _decoder_for(raw)
                text = raw if decoder is None else decoder.decode(raw).encode()
                if text:
                    yield text
            if decoder is not None:
                decoder.decode(b"", final=True)
        except UnicodeError as error:
            raise Unreadable(
                f"{shown(self._path)}: after line {self.lines:,} stand bytes that are not {_name(decoder, encoding)} "
                f"like the text before them ({error}). The file is cut off or mixes encodings: save it again as UTF-8."
            ) from None


class _Windows1252(codecs.IncrementalDecoder):
    """Windows-1252, with Latin-1's control characters for the five bytes it leaves undefined."""

    def decode(self, data: bytes, final: bool = False) -> str:  # type: ignore[override]  # noqa: ARG002
        return codecs.charmap_decode(data, "strict", _TABLE)[0]


_TABLE = "".join(
    bytes([code]).decode("cp1252") if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D} else chr(code) for code in range(256)
)


def _decoder_for(chunk: bytes) -> codecs.IncrementalDecoder:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(chunk)
    except UnicodeDecodeError:
        return _Windows1252()
    return codecs.getincrementaldecoder("utf-8")()


def _name(decoder: codecs.IncrementalDecoder | None, encoding: str | None) -> str:
    return (encoding or "utf-8" if not isinstance(decoder, _Windows1252) else "Windows-1252").upper()
