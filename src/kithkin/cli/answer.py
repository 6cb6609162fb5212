"""One answer in its three forms: on the terminal, as JSON, as an HTML file."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.cli.failures import CommandError
from kithkin.cli.screen import Screen
from kithkin.cli.text import can_write, escaped, spelled

if TYPE_CHECKING:
    from kithkin.cli.report import Page


class Answer(ABC):
    """What a command found. `schema` and `version` name the form of its JSON; a new version never bends an old one."""

    schema: ClassVar[str]
    version: ClassVar[int] = 1

    @abstractmethod
    def document(self) -> dict[str, Any]:
        """The figures as JSON types, without the envelope."""

    @abstractmethod
    def show(self, screen: Screen) -> None:
        """Say it to a person at a terminal."""

    @abstractmethod
    def page(self) -> Page:
        """The report to pass on."""

    def to_json(self) -> str:
        """The document in its envelope, indented, unseen characters escaped; ASCII where the terminal has no more."""
        whole = {"schema": self.schema, "version": self.version} | self.document()
        text = escaped(json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False))
        if can_write(text, sys.stdout.encoding or "ascii"):
            return text
        return json.dumps(whole, indent=2, allow_nan=False)


def check_target(
    target: Path | None, inputs: Iterable[Path], *, flag: str = "--html", such_as: str = "report.html"
) -> None:
    """Refuse a report's path before the work is done: an input file, a directory, a place that does not exist."""
    if target is None:
        return
    if any(are_one_file(target, path) for path in inputs):
        raise CommandError(f"{flag} {target}: this is an input file, and it would be overwritten. Choose another name.")
    if target.is_dir():
        raise CommandError(f"{flag} {target}: this is a directory. Name a file in it, such as {target / such_as}.")
    if not target.parent.is_dir():
        raise CommandError(f"{flag} {target}: there is no directory {target.parent}. Make it, or choose another.")


def are_one_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same file, there or not: by a link too, or by a detour."""
    if one.exists() and other.exists():
        return one.samefile(other)
    return _leads_to(one) == _leads_to(other)


def _leads_to(path: Path) -> Path:
    """Where a path leads, there or not; one that leads in a circle leads to itself."""
    return Path(os.path.realpath(path))


def deliver(answer: Answer, *, as_json: bool, html: Path | None) -> None:
    """Write the report where one is wanted, then print the answer. Where the report is stands last."""
    if html is not None:
        write_report(answer.page(), html)
    if as_json:
        sys.stdout.write(answer.to_json() + "\n")
    else:
        answer.show(Screen())
    if html is not None:
        stream = sys.stderr if as_json else sys.stdout
        stream.write(spelled(f"Report: {html}", stream.encoding or "ascii") + "\n")


def write_report(page: Page, path: Path) -> None:
    """Write the report whole or not at all: an earlier one stays until the new one is complete."""
    from kithkin.cli import report

    write_whole(path, report.html(page).encode("utf-8", "replace"))


def write_whole(path: Path, text: bytes) -> None:
    """Write a file whole or not at all: an earlier one stays until the new one is complete."""
    write_together({path: text})


def write_together(files: Mapping[Path, bytes]) -> None:
    """Write each file whole or not at all, and none before there is room for all; earlier ones stay until then.

    A pipe or a device comes before the files. Where a link stands in a file's place, it stays, and what it leads to is
    replaced.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, text in files.items():
            if not _is_device(path):
                with _naming(path):
                    drafts[path] = _draft(_leads_to(path), text)
        for path in files.keys() - drafts.keys():
            with _naming(path):
                _pour(path, files[path])
        for path, draft in drafts.items():
            with _naming(path):
                draft.replace(_leads_to(path))
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Errors of the system name the file that was asked for, and no draft of it."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


def _is_device(path: Path) -> bool:
    """A pipe or a device is written to, never replaced."""
    return _open_already(path) is not None or (path.exists() and not path.is_file())


def _open_already(path: Path) -> int | None:
    """The descriptor that a path names, such as /dev/stdout: what it leads to may be a file with something in it."""
    own = Path(f"/proc/{os.getpid()}/fd")
    for _ in range(40):
        if path.name.isdigit() and _leads_to(path.parent) == own:
            return int(path.name)
        if not path.is_symlink():
            break
        path = path.parent / path.readlink()
    return None


def _pour(path: Path, text: bytes) -> None:
    """Write to a pipe, a device or what is open already, after what stands there."""
    descriptor = _open_already(path)
    if descriptor is None:
        path.write_bytes(text)
        return
    sys.stdout.flush()
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(text)


def _draft(path: Path, text: bytes) -> Path:
    """A file beside that of this path, with its permissions."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:60]}.", suffix=".part")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
        draft.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
