"""What a file is, by its first bytes, and the reader for it."""

from __future__ import annotations

import os
import re
import stat
import zipfile
from pathlib import Path

from kithkin.tables.delimited import open_delimited
from kithkin.tables.errors import FileEmpty, FileMissing, NotATable, Unreadable, nearest, shown
from kithkin.tables.parquet import open_parquet
from kithkin.tables.rows import Format
from kithkin.tables.sav import open_sav
from kithkin.tables.xlsx import open_xlsx

_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]+://|(https?|s?ftp|s3|gs|hdfs|abfss?|file):/", re.IGNORECASE
)  # a Path halves //
_AS_CSV = "Export the table as CSV, XLSX or Parquet."
_OTHERS = (
    (
        b"\xd0\xcf\x11\xe0",
        f"this is an old or password-protected Excel file. Save it as .xlsx without a password. {_AS_CSV}",
    ),
    (b"%PDF", f"this is a PDF. {_AS_CSV}"),
    (b"\x1f\x8b", "this is a gzip archive. Unpack it first."),
    (b"BZh", "this is a bzip2 archive. Unpack it first."),
    (b"\x28\xb5\x2f\xfd", "this is a zstd archive. Unpack it first."),
    (b"7z\xbc\xaf", "this is a 7z archive. Unpack it first."),
    (b"SQLite format 3", f"this is an SQLite database. {_AS_CSV}"),
    (b"ARROW1", f"this is an Arrow or Feather file. {_AS_CSV}"),
    (b"\x89PNG", "this is a picture."),
    (b"\xff\xd8\xff", "this is a picture."),
    (b"GIF8", "this is a picture."),
    (b"\x7fELF", "this is a program."),
    (b"{\\rtf", f"this is a text document. {_AS_CSV}"),
)


def regular_file(path: str | os.PathLike[str]) -> Path:
    """The path of a file that exists, as it was given; FileMissing or NotATable else."""
    text = os.fspath(path)
    if _ADDRESS.match(text):
        address = re.sub(":/+", "://", shown(Path(text)), count=1)
        raise FileMissing(f"{address}: only files on this machine are read. Download it first.")
    if "\0" in text:
        raise FileMissing(f"{shown(Path(text))}: a path cannot hold a NUL character.")
    file = Path(text)
    try:
        mode = file.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise FileMissing(f"{shown(file)}: there is no such file.{_neighbour(file)}") from None
    except OSError as error:
        raise Unreadable(f"{shown(file)}: the system cannot read it ({error.strerror}).") from None
    if stat.S_ISDIR(mode):
        raise NotATable(f"{shown(file)}: this is a folder. Name one of the files in it.")
    if not stat.S_ISREG(mode):
        raise NotATable(f"{shown(file)}: this is a device or a pipe; save it to a file first.")
    return file


def open_format(path: Path) -> Format:
    """The reader for what the file's first bytes say it is, whatever its name."""
    with path.open("rb") as file:
        head = file.read(64)
    if not head:
        raise FileEmpty(f"{shown(path)}: the file is empty (0 bytes). Export the table again.")
    if head.startswith(b"PAR1"):
        return open_parquet(path)
    if head.startswith((b"$FL2", b"$FL3")):
        return open_sav(path)
    if head.startswith(b"PK"):
        return _from_zip(path)
    for magic, message in _OTHERS:
        if head.startswith(magic):
            raise NotATable(f"{shown(path)}: {message}")
    return open_delimited(path)


def _from_zip(path: Path) -> Format:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Unreadable(
            f"{shown(path)}: this begins like an XLSX file, but is damaged or cut off. Copy or save it again."
        ) from None
    if "xl/workbook.xml" in names:
        return open_xlsx(path)
    if "content.xml" in names:
        raise NotATable(f"{shown(path)}: this is an OpenDocument file. Save it as .xlsx or CSV.")
    raise NotATable(f"{shown(path)}: this is a zip archive, not a workbook. Unpack it first.")


def _neighbour(file: Path) -> str:
    try:
        names = [entry.name for entry in file.parent.iterdir()]
    except OSError:
        return f" The folder {shown(file.parent)} cannot be read either." if not file.parent.is_dir() else ""
    near = nearest(file.name, names, limit=1)
    return f" Did you mean {shown(file.parent / near[0])}?" if near else " Check the path."
