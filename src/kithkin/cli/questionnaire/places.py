"""Where a questionnaire and its loss report are written: both, or neither."""

from __future__ import annotations

import json
from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kithkin.cli.answer import Answer, are_one_file, check_target, write_together
from kithkin.cli.failures import CommandError

_MISLEADING = {".csv", ".docx", ".html", ".json", ".pdf", ".xls", ".xlsx"}
"""Endings by which programs open a file."""


@dataclass(frozen=True, kw_only=True)
class Told(Answer):
    """An answer of which a loss report can be written."""

    report: str | None = None

    @abstractmethod
    def losses(self) -> dict[str, Any]:
        """What became of each element, as JSON types."""

    @abstractmethod
    def lines(self) -> list[str]:
        """The same, as lines that a person reads."""

    def place(self, label: str, out: str | None) -> str:
        """Where the questionnaire is, the last sentence on the terminal."""
        if out is not None:
            return f"{label}: {out}"
        if self.report is not None:
            return f"Only the report was written: {self.report}; --out FILE writes the questionnaire."
        return "Nothing was written; --out FILE writes it."


@dataclass(frozen=True)
class Places:
    """The file that is read, and those that are asked for."""

    file: Path
    out: Path | None
    report: Path | None

    def check(self, *, such_as: str) -> None:
        """Refuse, before the work, what could not be written, and one file for two things. Raises CommandError."""
        check_target(self.out, [self.file], flag="--out", such_as=such_as)
        check_target(self.report, [self.file], flag="--report", such_as="report.txt")
        check_ending(self.out, flag="--out", such_as=such_as)
        if self.out is not None and self.report is not None and are_one_file(self.out, self.report):
            raise CommandError(f"--report {self.report}: the questionnaire goes there. Choose another name.")

    def write(self, questionnaire: bytes, told: Told) -> None:
        """Write what is asked for. Raises OSError, and then nothing was written."""
        files = {} if self.out is None else {self.out: questionnaire}
        if self.report is not None:
            files[self.report] = _report(self.report, told)
        write_together(files)


def check_ending(path: Path | None, *, flag: str, such_as: str) -> None:
    """Refuse a name that promises another kind of file, which no program would open. Raises CommandError."""
    ending = Path(such_as).suffix
    if path is not None and path.suffix.lower() in _MISLEADING - {ending}:
        another = path.with_suffix(ending)
        raise CommandError(f"{flag} {path}: what is written is no {path.suffix} file. Name it {another}.")


def _report(path: Path, told: Told) -> bytes:
    """Every element: JSON where the name ends so, else lines that a person reads."""
    if path.suffix.lower() == ".json":
        return (json.dumps(told.losses(), ensure_ascii=False, indent=2) + "\n").encode()
    return ("\n".join(told.lines()) + "\n").encode()
