"""A question as it stands in an address: "?program=1&score=f1&by=unit-site&from=2026-01&in.touchpoint=3"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from kithkin.insights.asking.months import ALWAYS, Span, valid

MOST_BY = 2
INSIDE = "in."


@dataclass(frozen=True)
class Question:
    """Which score of which program, by what, of whom and when. What is not said is chosen by the program."""

    program: int | None = None
    score: str = ""
    by: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    span: Span = ALWAYS

    @classmethod
    def read(cls, query: QueryDict) -> Question:
        """What the address asks; what makes no sense in it is left out, not refused."""
        program = query.get("program", "")
        where = {
            key.removeprefix(INSIDE): tuple(dict.fromkeys(value for value in query.getlist(key) if value))
            for key in query
            if key.startswith(INSIDE)
        }
        by = tuple(dict.fromkeys(key for key in query.getlist("by") if key))[:MOST_BY]
        span = Span(valid(query.get("from")), valid(query.get("to")))
        return cls(
            program=int(program) if program.isdecimal() and len(program) < 10 else None,
            score=query.get("score", "")[:20],
            by=by,
            where={key: values for key, values in where.items() if values},
            span=span,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """As it is written into an address."""
        found: list[tuple[str, str]] = []
        if self.program is not None:
            found.append(("program", str(self.program)))
        if self.score:
            found.append(("score", self.score))
        found += [("by", key) for key in self.by]
        found += [(INSIDE + key, value) for key, values in self.where.items() for value in values]
        found += [(name, month) for name, month in (("from", self.span.first), ("to", self.span.last)) if month]
        return found

    @property
    def address(self) -> str:
        """The query of an address."""
        return urlencode(self.pairs())

    def but(self, **changes: Any) -> Question:
        """The same with these changes."""
        return replace(self, **changes)

    def within(self, key: str, value: str) -> Question:
        """The same of one group only."""
        return replace(self, where={**self.where, key: (value,)})
