"""What somebody says of a file of responses, as it is kept with the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Holds(StrEnum):
    """What a column holds: an answer of some kind, or something about the response."""

    SCORE = "score"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    TRUTH = "truth"
    DAY = "day"
    AT = "at"
    UNIT = "unit"
    TOUCHPOINT = "touchpoint"
    PERSON = "person"
    ACCOUNT = "account"
    WEIGHT = "weight"
    REF = "ref"
    NOTHING = ""

    @property
    def is_answer(self) -> bool:
        """Whether it becomes a question of the program."""
        return self in ANSWERS


ANSWERS = (Holds.SCORE, Holds.CHOICE, Holds.NUMBER, Holds.TEXT, Holds.TRUTH, Holds.DAY)
ONCE = (Holds.AT, Holds.UNIT, Holds.TOUCHPOINT, Holds.PERSON, Holds.ACCOUNT, Holds.WEIGHT, Holds.REF)
"""Of these a file has one column at most."""
WORDS: dict[Holds, str | Promise] = {
    Holds.SCORE: _("a score on a scale"),
    Holds.CHOICE: _("one of several choices"),
    Holds.NUMBER: _("a number"),
    Holds.TEXT: _("words"),
    Holds.TRUTH: _("yes or no"),
    Holds.DAY: _("a day"),
    Holds.AT: _("when it was answered"),
    Holds.UNIT: _("the unit that was met, or works"),
    Holds.TOUCHPOINT: _("the touchpoint"),
    Holds.PERSON: _("who answered: number or e-mail"),
    Holds.ACCOUNT: _("the account"),
    Holds.WEIGHT: _("the weight"),
    Holds.REF: _("the respondent's number"),
    Holds.NOTHING: _("nothing that is wanted"),
}


class Match(StrEnum):
    """How a column came to be a question."""

    NEW = "new"
    SAME = "same"
    ALIKE = "alike"


@dataclass(frozen=True)
class ColumnPlan:
    """One column: what it holds and, where that is an answer, of which question on which scale."""

    column: str
    holds: Holds = Holds.NOTHING
    name: str = ""
    title: str = ""
    low: float | None = None
    high: float | None = None
    missing: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    measures: str = ""
    dimension: str = ""
    match: Match = Match.NEW

    @property
    def asks(self) -> str:
        """The name of its question."""
        return self.name or self.column

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> ColumnPlan:
        """As it was kept."""
        holds, match = Holds(said.get("holds", "")), Match(said.get("match", "new"))
        return cls(**{**said, "holds": holds, "match": match, "missing": tuple(said.get("missing", ()))})


@dataclass(frozen=True)
class NewProgram:
    """The program that the file begins."""

    name: str
    side: str
    identity: str = ""
    floor: int | None = None
    unit: int | None = None


@dataclass(frozen=True)
class WavePlan:
    """The wave that the file is: one that is there (`id`), or a new one."""

    id: int | None = None
    name: str = ""
    starts: str = ""
    ends: str = ""

    @property
    def first_day(self) -> date:
        """Of a new one."""
        return date.fromisoformat(self.starts)


@dataclass(frozen=True)
class FilePlan:
    """The whole file: `program` or `new`, perhaps a wave, the main score and every column."""

    columns: tuple[ColumnPlan, ...] = ()
    program: int | None = None
    new: NewProgram | None = None
    wave: WavePlan | None = None
    headline: str = ""

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> FilePlan:
        """As it was kept with the import."""
        return cls(
            columns=tuple(ColumnPlan.kept(one) for one in said.get("columns", ())),
            program=said.get("program"),
            new=NewProgram(**said["new"]) if said.get("new") else None,
            wave=WavePlan(**said["wave"]) if said.get("wave") else None,
            headline=said.get("headline", ""),
        )

    def to_keep(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @property
    def mapping(self) -> dict[str, str]:
        """Column → what it holds, of the columns that are wanted."""
        return {one.column: str(one.holds) for one in self.columns if one.holds != Holds.NOTHING}

    def of(self, holds: Holds) -> ColumnPlan | None:
        """The column that holds this, where one does."""
        return next((one for one in self.columns if one.holds == holds), None)

    @property
    def answers(self) -> Sequence[ColumnPlan]:
        """Those that become questions."""
        return [one for one in self.columns if one.holds.is_answer]

    def with_column(self, plan: ColumnPlan) -> FilePlan:
        """This column said otherwise; what only one column may hold is taken from any other."""
        return replace(
            self,
            columns=tuple(
                plan
                if one.column == plan.column
                else replace(one, holds=Holds.NOTHING)
                if plan.holds in ONCE and one.holds == plan.holds
                else one
                for one in self.columns
            ),
        )
