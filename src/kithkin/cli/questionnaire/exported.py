"""What `questionnaire export` answers: what goes along, what does not, and where it was written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.charts.wording import counted
from kithkin.cli.failures import CommandError
from kithkin.cli.questionnaire.imported import came_in, lines_of
from kithkin.cli.questionnaire.places import Told
from kithkin.cli.screen import Screen
from kithkin.questionnaire import QuestionnaireError
from kithkin.questionnaire.formats import FORMATS, Exported, Imported, write

if TYPE_CHECKING:
    from kithkin.cli.report import Page

TARGETS = ("surveyjs", "xlsform")
"""Formats of other tools. Our own is written by `import`, the printed page by `render`."""


@dataclass(frozen=True)
class Departure(Told):
    """A questionnaire that went out through a door, after it came in through another."""

    schema: ClassVar[str] = "kithkin.questionnaire.export"
    file: str
    out: str | None
    imported: Imported
    exported: Exported

    def document(self) -> dict[str, Any]:
        """See src/kithkin/cli/schemas/questionnaire-export.json."""
        asked = self.imported.questionnaire
        return {
            "file": self.file,
            "format": self.imported.format,
            "to": self.exported.format,
            "out": self.out,
            "questions": sum(1 for _ in asked.questions()),
            "languages": sorted(asked.languages),
            **self.losses(),
        }

    def losses(self) -> dict[str, Any]:
        """What becomes of each element on the way out, and what became of each on the way in."""
        return {**self.exported.losses.to_dict(), "way_in": self.imported.losses.to_dict()}

    def lines(self) -> list[str]:
        """The same, as lines that a person reads."""
        out, way_in = self.exported.losses, self.imported.losses
        return [
            f"{self.file}: {out.summary()}",
            "",
            *lines_of(out),
            "",
            f"On the way in: {way_in.summary()}",
            "",
            *lines_of(way_in),
        ]

    def show(self, screen: Screen) -> None:
        """The finding, what becomes of the elements, and where the questionnaire is."""
        found = self.document()
        label = FORMATS[self.exported.format].label
        screen.title(f"{counted(found['questions'], 'question')} to {label}, in {', '.join(found['languages'])}.")
        for line in self.exported.losses.summary().splitlines():
            screen.say(line)
        on_the_way_in(self.imported, screen)
        screen.note(self.place(label, self.out))

    def page(self) -> Page:
        """There is no page of an export."""
        raise CommandError("An export has no page; use --report.")


def on_the_way_in(imported: Imported, screen: Screen) -> None:
    """Say what was not the same any more before anything was written, where there is such a thing."""
    if not imported.losses.is_whole:
        for line in f"On the way in: {imported.losses.summary()}".splitlines():
            screen.say(line)


def departure(path: Path, format_name: str, out: Path | None, report: Path | None) -> Departure:
    """Read a file of any format and make another of it. Raises CommandError with the file's name."""
    if format_name not in TARGETS:
        raise CommandError(
            f"--to {format_name[:40]!r}: no questionnaire is exported to that. Take one of: {', '.join(TARGETS)}."
        )
    imported = came_in(path, format_name=None)
    try:
        exported = write(imported.questionnaire, format_name)
    except QuestionnaireError as error:
        raise CommandError(f"{path}: {error}") from None
    places = [None if each is None else str(each) for each in (out, report)]
    return Departure(str(path), places[0], imported, exported, report=places[1])
