"""One answer in its three forms: on the terminal, as JSON, as an HTML file."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable
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


def check_target(target: Path | None, inputs: Iterable[Path], *, flag: str = "--html") -> None:
    """Refuse a report's path before the work is done: an input file, a directory, a place that does not exist."""
    if target is None:
        return
    for path in inputs:
        if target.absolute() == path.absolute() or (target.exists() and path.exists() and target.samefile(path)):
            raise CommandError(
                f"{flag} {target}: this is an input file, and it would be overwritten. Choose another name."
            )
    if target.is_dir():
        name = "report.html" if flag == "--html" else "questionnaire.json"
        raise CommandError(f"{flag} {target}: this is a directory. Name a file in it, such as {target / name}.")
    if not target.parent.is_dir():
        raise CommandError(f"{flag} {target}: there is no directory {target.parent}. Make it, or choose another.")


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
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(text)  # a pipe or a device is written to, never replaced
        else:
            _replace(path.resolve(), text)
    except OSError as error:
        error.filename = str(path)
        raise


def _replace(path: Path, text: bytes) -> None:
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(text)
        Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
