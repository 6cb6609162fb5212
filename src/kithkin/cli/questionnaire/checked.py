"""What `questionnaire check` answers, on the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.charts.wording import counted
from kithkin.cli.answer import Answer
from kithkin.cli.failures import CommandError
from kithkin.cli.screen import Screen
from kithkin.questionnaire import Finding, Questionnaire, QuestionnaireError, Severity, check, estimated_minutes
from kithkin.questionnaire.source import LARGEST

if TYPE_CHECKING:
    from kithkin.cli.report import Page

MOST_SHOWN = 50


@dataclass(frozen=True)
class Checked(Answer):
    """What was found in a questionnaire."""

    schema: ClassVar[str] = "kithkin.questionnaire.check"
    file: str
    findings: tuple[Finding, ...]
    questions: int
    languages: tuple[str, ...]
    minutes: float

    @property
    def must_be_mended(self) -> bool:
        """Whether there is an error among the findings."""
        return any(each.severity is Severity.ERROR for each in self.findings)

    def document(self) -> dict[str, Any]:
        """See src/kithkin/cli/schemas/questionnaire-check.json."""
        return {
            "file": self.file,
            "questions": self.questions,
            "languages": list(self.languages),
            "minutes": self.minutes,
            "findings": [each.to_dict() for each in self.findings],
        }

    def show(self, screen: Screen) -> None:
        """The verdict, then each finding with what to do about it."""
        screen.title(self.verdict())
        asked = counted(self.questions, "question")
        screen.note(f"{self.file}: {asked}, about {self.minutes:g} minutes, in {', '.join(self.languages)}.")
        for each in self.findings[:MOST_SHOWN]:
            screen.say()
            screen.say(f"{each.severity}: {each.what}")
            screen.note(f"  {each.where or 'the whole'} – {each.advice}")
        if len(self.findings) > MOST_SHOWN:
            screen.say()
            screen.note(f"{len(self.findings) - MOST_SHOWN} more; --json has them all.")

    def verdict(self) -> str:
        """The sentence that stands first."""
        if not self.findings:
            return "Nothing is wrong with this questionnaire."
        count = Counter(each.severity for each in self.findings)
        words = {
            Severity.ERROR: "must be mended",
            Severity.WARNING: "should be mended",
            Severity.NOTE: "may be looked at",
        }
        said = [f"{count[severity]} {word}" for severity, word in words.items() if count[severity]]
        return ", ".join(said) + "."

    def page(self) -> Page:
        """There is no report of a check."""
        raise CommandError("A check has no report; use --json.")


def checked(path: Path) -> Checked:
    """Read a questionnaire's file and check it. Raises CommandError with the file's name."""
    with path.open("rb") as file:
        source = file.read(LARGEST + 1)
    try:
        questionnaire = Questionnaire.from_json(source)
        findings = check(questionnaire)
    except QuestionnaireError as error:
        raise CommandError(f"{path}: {error}") from None
    return Checked(
        file=str(path),
        findings=findings,
        questions=sum(1 for _ in questionnaire.questions()),
        languages=tuple(sorted(questionnaire.languages)),
        minutes=estimated_minutes(questionnaire),
    )
