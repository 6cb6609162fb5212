"""Any file a company has, as Arrow, with what was refused and why."""

from kithkin.tables.cells import Cells, Totals
from kithkin.tables.errors import (
    BadRange,
    DuplicateHeaders,
    FileEmpty,
    FileMissing,
    NoRoom,
    NotATable,
    TableError,
    UnknownColumn,
    Unreadable,
    Unwritable,
)
from kithkin.tables.lines import Lines, RaggedLine
from kithkin.tables.refusals import Reason, Refusal
from kithkin.tables.scan import Scan
from kithkin.tables.source import Read, Source, source
from kithkin.tables.spill import Runs, parted, spill_folder
from kithkin.tables.writing import write

__all__ = [
    "BadRange",
    "Cells",
    "DuplicateHeaders",
    "FileEmpty",
    "FileMissing",
    "Lines",
    "NoRoom",
    "NotATable",
    "RaggedLine",
    "Read",
    "Reason",
    "Refusal",
    "Runs",
    "Scan",
    "Source",
    "TableError",
    "Totals",
    "UnknownColumn",
    "Unreadable",
    "Unwritable",
    "parted",
    "source",
    "spill_folder",
    "write",
]
