"""The file itself: a tar whose first member says what it is, and whose last one holds a checksum of every other."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from kithkin.platform.backup.refusals import Refused

ABOUT, CHECKSUMS, DATABASE, HOME = "kithkin-backup.json", "checksums.json", "database", "home"
FORMAT = 1
_CHUNK = 2**20
_BROKEN = (tarfile.TarError, EOFError, zlib.error, ValueError, KeyError, UnicodeDecodeError)


@dataclass(frozen=True)
class About:
    """What a backup is: of which release, of which kind of database, with which migrations, from when."""

    format: int
    version: str
    database: str
    made_at: str
    migrations: tuple[str, ...]


def pack(target: IO[bytes], about: About, members: Iterable[tuple[str, Path]], *, compressed: bool) -> None:
    """Write everything into `target`; each file is read once, and its checksum is of what was written."""
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=target, mode="w:gz" if compressed else "w", format=tarfile.PAX_FORMAT) as tar:
        _add_text(tar, ABOUT, asdict(about))
        for name, path in members:
            with path.open("rb") as file:
                member = tar.gettarinfo(arcname=name, fileobj=file)
                member.type, member.linkname = tarfile.REGTYPE, ""  # tar would make a second name a link
                member.uid = member.gid = 0
                member.uname = member.gname = ""
                read = _Summed(file)
                tar.addfile(member, read)
                sums[name] = read.sum()
        _add_text(tar, CHECKSUMS, sums)


def read_about(file: Path) -> About:
    """What the file says it is; Refused where it is no backup of Kithkin, or one that this release cannot read."""
    foreign = Refused(f"{file}: this is no backup of Kithkin. Nothing was changed.")
    try:
        with tarfile.open(file) as tar:
            first = tar.next()
            inner = tar.extractfile(first) if first is not None and first.name == ABOUT else None
            if inner is None:
                raise foreign
            said: dict[str, Any] = json.load(inner)
        if said["format"] > FORMAT:
            raise Refused(f"{file}: a later release wrote it ({said['version']}). Install that one, then restore.")
        return About(**{**said, "migrations": tuple(said["migrations"])})
    except (*_BROKEN, TypeError) as error:
        raise foreign from error


def unpack(file: Path, into: Path) -> None:
    """Take everything out, and hold it against its checksums; Refused where a byte differs or a file is missing."""
    damaged = Refused(f"{file}: this backup is damaged: it is not as it was written. Nothing was changed.")
    try:
        with tarfile.open(file) as tar:
            sums = {member.name: _extract(tar, member, into) for member in tar}
        written = json.loads((into / CHECKSUMS).read_text("utf-8"))
    except (*_BROKEN, FileNotFoundError) as error:
        raise damaged from error
    del sums[CHECKSUMS]
    sums.pop(ABOUT, None)
    if sums != written:
        raise damaged


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> str:
    """Write one member below `into`, and return its checksum; ValueError for what no backup holds."""
    path = PurePosixPath(member.name)
    if not member.isreg() or path.is_absolute() or ".." in path.parts:
        raise ValueError(member.name)
    if path.parts[0] not in {ABOUT, CHECKSUMS, HOME} and not path.name.startswith(DATABASE):
        raise ValueError(member.name)
    inner = tar.extractfile(member)
    assert inner is not None
    read = _Summed(inner)
    place = into / path
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with place.open("xb") as out:
        while piece := read.read(_CHUNK):
            out.write(piece)
    place.chmod(0o600)
    return read.sum()


def _add_text(tar: tarfile.TarFile, name: str, content: object) -> None:
    text = json.dumps(content, indent=1, sort_keys=True).encode()
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(text), 0o600
    tar.addfile(member, io.BytesIO(text))


class _Summed(io.RawIOBase):
    """A file whose checksum grows as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._sum.update(piece)
        return piece

    def sum(self) -> str:
        return self._sum.hexdigest()
