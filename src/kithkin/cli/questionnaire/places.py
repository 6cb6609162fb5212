"""Where a questionnaire and its loss report are written: both, or neither."""

from __future__ import annotations

import json
from abc import abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kithkin.cli.answer import Answer, are_one_file, check_target, write_together
from kithkin.cli.failures import CommandError


class Told(Answer):
    """An answer of which a loss report can be written."""

    @abstractmethod
    def losses(self) -> dict[str, Any]:
        """What became of each element, as JSON types."""

    @abstractmethod
    def lines(self) -> list[str]:
        """The same, as lines that a person reads."""


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
        if self.out is not None and self.report is not None and are_one_file(self.out, self.report):
            raise CommandError(f"--report {self.report}: the questionnaire goes there. Choose another name.")

    def write(self, questionnaire: bytes, told: Told) -> None:
        """Write what is asked for. Raises OSError, and then nothing was written."""
        files = {} if self.out is None else {self.out: questionnaire}
        if self.report is not None:
            files[self.report] = _report(self.report, told)
        write_together(files)


def _report(path: Path, told: Told) -> bytes:
    """Every element: JSON where the name ends so, else lines that a person reads."""
    if path.suffix.lower() == ".json":
        return (json.dumps(told.losses(), ensure_ascii=False, indent=2) + "\n").encode()
    return ("\n".join(told.lines()) + "\n").encode()
