"""What `questionnaire check` answers, on the terminal and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, ClassVar

from kithkin.analysis.charts.wording import counted
from kithkin.cli.answer import Answer
from kithkin.cli.failures import CommandError
from kithkin.cli.screen import Screen
from kithkin.questionnaire import (
    Finding,
    Kind,
    Lacking,
    Questionnaire,
    QuestionnaireError,
    Severity,
    check,
    estimated_minutes,
    lacking,
)
from kithkin.questionnaire.formats import format_of
from kithkin.questionnaire.source import LARGEST

if TYPE_CHECKING:
    from kithkin.cli.report import Page

CHECKED = ("kithkin", "surveyjs")
MOST_SHOWN = 50
MOST_NAMED = 3
MOST_LETTERS = 40
MOST_LANGUAGES = 8


@dataclass(frozen=True)
class Checked(Answer):
    """What was found in a questionnaire."""

    schema: ClassVar[str] = "kithkin.questionnaire.check"
    file: str
    findings: tuple[Finding, ...]
    questions: int
    languages: tuple[str, ...]
    minutes: float
    lacking: tuple[Lacking, ...] = ()

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
        screen.note(f"{self.file}: {asked}, {_taking(self.minutes)}, in {', '.join(self.languages)}.")
        said = [*self._lines()]
        for what, where in said[:MOST_SHOWN]:
            screen.say()
            screen.say(what)
            screen.note(f"  {where}")
        if len(said) > MOST_SHOWN:
            screen.say()
            screen.note(f"{len(said) - MOST_SHOWN} more; --json has them all.")

    def _lines(self) -> Iterator[tuple[str, str]]:
        """What is wrong and where, the gravest first; behind other warnings a line for each language that lacks."""
        for severity in Severity:
            for each in self.findings:
                if each.severity is severity and each.kind is not Kind.TRANSLATION:
                    yield f"{severity}: {each.what}", f"{each.where or 'the whole'} – {each.advice}"
            if severity is Severity.WARNING:
                yield from self._untranslated()

    def _untranslated(self) -> Iterator[tuple[str, str]]:
        texts: dict[str, list[Lacking]] = {}
        for each in self.lacking:
            for language in each.languages:
                texts.setdefault(language, []).append(each)
        most = sorted(texts.items(), key=lambda item: (-len(item[1]), item[0]))
        for language, found in most[:MOST_LANGUAGES]:
            yield _lacks(language, found)
        if len(most) > MOST_LANGUAGES:
            more = len(most) - MOST_LANGUAGES
            yield f"warning: Texts lack {counted(more, 'more language')}.", "--json names each text with its place."

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


def _taking(minutes: float) -> str:
    """How long it takes, no finer than the estimate is good for."""
    return "less than a minute" if minutes < 1 else f"about {counted(round(minutes), 'minute')}"


def _lacks(language: str, found: Sequence[Lacking]) -> tuple[str, str]:
    """How many texts lack a language, the first of them in their words, and where."""
    first = ", ".join(repr(each.begins[:MOST_LETTERS]) for each in found[:MOST_NAMED])
    more = f" and {len(found) - MOST_NAMED:,} more" if len(found) > MOST_NAMED else ""
    has = "has" if len(found) == 1 else "have"
    what = f"warning: {counted(len(found), 'text')} {has} no {language[:20]}: {first}{more}."
    if len(found) == 1:
        return what, f"{found[0].where} – Translate it; another language is shown."
    named = " --json names each." if more else ""
    return what, f"{found[0].where} and others – Translate them; another language is shown.{named}"


def checked(path: Path) -> Checked:
    """Read a questionnaire's file and check it. Raises CommandError with the file's name."""
    with path.open("rb") as file:
        source = file.read(LARGEST + 1)
    _check_checkable(path, source)
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
        lacking=tuple(lacking(questionnaire)),
    )


def _check_checkable(path: Path, source: bytes) -> None:
    """Refuse what another tool wrote: what was found in it would have no place in that file. Raises CommandError."""
    try:
        found = format_of(source)
    except QuestionnaireError:
        return  # what is of no format is refused, or checked, as JSON
    if found.name not in CHECKED:
        raise CommandError(
            f"{path}: This is {found.label}; only Kithkin's own JSON and SurveyJS are checked. Bring it in first, "
            f"and check that: kithkin questionnaire import {quote(str(path))} --out questionnaire.json"
        )
