"""What of a file was left out, said in words, and what may not be left out silently."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kithkin.analysis.results import Result
from kithkin.cli.failures import CommandError
from kithkin.tables import Reason, Refusal


@dataclass(frozen=True)
class Example(Result):
    """A value that was left out, and the row it stands in."""

    row: int
    text: str


@dataclass(frozen=True)
class LeftOut(Result):
    """Answers of one column left out for one reason; up to three examples."""

    column: str | None
    reason: str
    count: int
    examples: tuple[Example, ...] = ()

    def __str__(self) -> str:
        where = "" if self.column is None else f" in {self.column}"
        values = ", ".join(dict.fromkeys(example.text for example in self.examples if example.text))
        return f"{self.count:,} {self.reason}{where}" + (f" ({values})" if values else "")

    @property
    def in_part(self) -> bool:
        """Whether it is a row that was used as far as it goes, and so is not left out as a whole."""
        return self.reason == Reason.CUT_OFF

    def without_examples(self) -> LeftOut:
        """The count alone, where single rows may not be shown."""
        return replace(self, examples=())


def told(heading: str, left: Sequence[LeftOut]) -> Iterator[str]:
    """What was left out as one sentence under a heading, and what was used in part as another."""
    whole = [one for one in left if not one.in_part]
    if whole:
        yield f"{heading}: {'; '.join(map(str, whole))}."
    for one in left:
        if one.in_part:
            yield f"{one.count:,} row is cut off at the end of the file, and was used as far as it goes."


def left_out(
    refused: Iterable[Refusal], path: Path, valid: tuple[float, float] | None = None, weight: str | None = None
) -> tuple[LeftOut, ...]:
    """What was refused, in words. Raises CommandError for text in a column of numbers: it is never dropped silently.

    One exception: where the valid answers were named, one word given again and again ("BLANK") stands for no answer;
    it is left out, counted and shown like a number outside the range. Weights know no such word.
    """
    found = tuple(refused)
    for refusal in found:
        if refusal.reason is Reason.NOT_A_NUMBER and not (valid and refusal.column != weight and _is_code(refusal)):
            raise CommandError(_text_found(refusal, path))
    return tuple(_said(refusal, valid) for refusal in found)


def _is_code(refusal: Refusal) -> bool:
    return refusal.count > 1 and len({text for _, text in refusal.examples}) == 1


def _said(refusal: Refusal, valid: tuple[float, float] | None) -> LeftOut:
    reason = str(refusal.reason)
    if refusal.reason is Reason.OUTSIDE and valid is not None:
        reason = f"outside {valid[0]:g}:{valid[1]:g}"
    examples = tuple(Example(row, text) for row, text in refusal.examples)
    return LeftOut(refusal.column, reason, refusal.count, examples)


def _text_found(refusal: Refusal, path: Path) -> str:
    shown = ", ".join(f"{text!r} (row {row})" for row, text in refusal.examples)
    values = "value is no number" if refusal.count == 1 else "values are no numbers"
    return (
        f"{path}: column {refusal.column!r} must hold numbers, but {refusal.count:,} {values}: {shown}. "
        "Mend them, or empty the cells that hold no answer; one word for “no answer” is left out where "
        "--valid names the answers that count."
    )
