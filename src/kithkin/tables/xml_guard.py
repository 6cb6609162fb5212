"""Whether a part of a workbook has the shape of a table's XML: told in one cheap pass, before a parser builds it."""

from __future__ import annotations

from typing import IO
from xml.parsers import expat

_PIECE = 1 << 16
_DEEPEST = 100  # a sheet's own elements are some ten deep
_ROW, _CELL = 3, 4  # how deep they lie: worksheet, sheetData, row, c
_MOST_ROWS = 3_000_000  # a sheet has 1,048,576, and as many merged cells, links and the like as people make
_MOST_CELLS = 100_000  # a row has 16,384
_MOST_IN_CELL = 100_000


class Misshapen(Exception):
    """The XML is nested or branched as no table's is; the message says how."""


def check_shape(content: IO[bytes]) -> None:
    """Raises Misshapen. What is no XML, or declares entities, passes: the parser that follows refuses it itself."""
    parser = expat.ParserCreate()
    shape = _Shape()
    parser.StartElementHandler = shape.start
    parser.EndElementHandler = shape.end
    parser.EntityDeclHandler = _stop
    try:
        while piece := content.read(_PIECE):
            parser.Parse(piece)
    except (expat.ExpatError, _Stop):
        return


class _Stop(Exception):
    """Enough was read."""


class _Shape:
    """Counts elements by what a parser would have to hold of them at once."""

    def __init__(self) -> None:
        self._depth = 0
        self._rows = self._cells = self._inner = 0

    def start(self, name: str, _: object) -> None:
        if self._depth == 0 and name.endswith("sst"):
            self._depth = 1  # shared strings have no sheetData: a string is what a row is elsewhere
        self._depth += 1
        if self._depth > _CELL:
            self._inner += 1
        elif self._depth == _CELL:
            self._inner = 0
            self._cells += 1
        else:
            self._inner = self._cells = 0
            self._rows += 1
        if self._depth > _DEEPEST:
            raise Misshapen(f"its elements are nested over {_DEEPEST} deep")
        if self._inner > _MOST_IN_CELL:
            raise Misshapen(f"a cell in it has over {_MOST_IN_CELL:,} elements")
        if self._cells > _MOST_CELLS:
            raise Misshapen(f"a row in it has over {_MOST_CELLS:,} cells")
        if self._rows > _MOST_ROWS:
            raise Misshapen(f"it has over {_MOST_ROWS:,} elements beside its cells")

    def end(self, _: str) -> None:
        self._depth -= 1


def _stop(*_: object) -> None:
    raise _Stop
