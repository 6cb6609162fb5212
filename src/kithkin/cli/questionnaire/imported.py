"""What `questionnaire import` answers: what came along, what did not, and where the questionnaire was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.charts.wording import counted
from kithkin.cli.failures import CommandError
from kithkin.cli.questionnaire.places import Told
from kithkin.cli.screen import Screen
from kithkin.questionnaire import QuestionnaireError
from kithkin.questionnaire.formats import FORMATS, Imported, LossReport, check_asks, read

if TYPE_CHECKING:
    from kithkin.cli.report import Page


@dataclass(frozen=True)
class Arrival(Told):
    """A questionnaire that came in through a door."""

    schema: ClassVar[str] = "kithkin.questionnaire.import"
    file: str
    out: str | None
    imported: Imported

    def document(self) -> dict[str, Any]:
        """See src/kithkin/cli/schemas/questionnaire-import.json."""
        asked = self.imported.questionnaire
        return {
            "file": self.file,
            "format": self.imported.format,
            "out": self.out,
            "questions": sum(1 for _ in asked.questions()),
            "languages": sorted(asked.languages),
            **self.imported.losses.to_dict(),
        }

    def show(self, screen: Screen) -> None:
        """The finding, what became of the elements, and where the questionnaire is."""
        found = self.document()
        label = FORMATS[self.imported.format].label
        screen.title(f"{counted(found['questions'], 'question')} from {label}, in {', '.join(found['languages'])}.")
        for line in self.imported.losses.summary().splitlines():
            screen.say(line)
        screen.note(self.place("Questionnaire", self.out))

    def page(self) -> Page:
        """There is no page of an import."""
        raise CommandError("An import has no page; use --report.")

    def losses(self) -> dict[str, Any]:
        """What became of each element, as JSON types."""
        return self.imported.losses.to_dict()

    def lines(self) -> list[str]:
        """The same, as lines that a person reads."""
        return [f"{self.file}: {self.imported.losses.summary()}", "", *lines_of(self.imported.losses)]


def lines_of(losses: LossReport) -> Iterator[str]:
    """A line for each element."""
    for loss in losses:
        reason = f": {loss.reason}" if loss.reason else ""
        yield f"{loss.kind:12} {loss.where}  {loss.what}{reason}"


def came_in(path: Path, *, format_name: str | None) -> Imported:
    """Read a file of any format in which something is asked. Raises CommandError with the file's name."""
    try:
        imported = read(path, format=format_name)
        check_asks(imported)
    except QuestionnaireError as error:
        raise CommandError(f"{path}: {error}") from None
    return imported
