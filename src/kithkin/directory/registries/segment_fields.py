"""By what people can be put into segments: rooms bring typed fields, the rule builder and the language take them.

A score that a later room computes becomes a field like any other:

    segment_fields.add(FieldSource("surveys", lambda: [
        SegmentField("score.nps", _("Last NPS"), Kind.NUMBER, compile=last_nps, group=_("Scores")),
    ]))

`compile(operator, value)` gives the condition on `Person`. It must speak of known values only (but for `UNKNOWN`), and
must not multiply people: reach other tables by `Exists` or `pk__in`, never by a join.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kithkin.platform.registries import Registry

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from kithkin.platform.models import User


class Kind(Enum):
    """What the values of a field are."""

    TEXT = "text"
    CODE = "code"
    """A country or a language: compared whole."""
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"
    PLACE = "place"
    """A unit of the organisation: a choice that lies within another."""


class Operator(Enum):
    """How a value is compared. The value of each is its key in a rule."""

    IS = "is"
    IS_NOT = "is_not"
    WITHIN = "within"
    CONTAINS = "contains"
    CONTAINS_NOT = "contains_not"
    MORE = "more"
    LESS = "less"
    BETWEEN = "between"
    BEFORE = "before"
    AFTER = "after"
    LAST_DAYS = "last_days"
    KNOWN = "known"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """As it is read in a sentence."""
        return str(_LABELS[self])

    @property
    def takes_a_value(self) -> bool:
        """All but known and unknown do."""
        return self not in {Operator.KNOWN, Operator.UNKNOWN}


_LABELS: dict[Operator, str | Promise] = {
    Operator.IS: _("is"),
    Operator.IS_NOT: _("is not"),
    Operator.WITHIN: _("is or lies below"),
    Operator.CONTAINS: _("contains"),
    Operator.CONTAINS_NOT: _("does not contain"),
    Operator.MORE: _("is more than"),
    Operator.LESS: _("is less than"),
    Operator.BETWEEN: _("is between"),
    Operator.BEFORE: _("is before"),
    Operator.AFTER: _("is after"),
    Operator.LAST_DAYS: _("is in the last … days"),
    Operator.KNOWN: _("is known"),
    Operator.UNKNOWN: _("is unknown"),
}

_SAME = (Operator.IS, Operator.IS_NOT)
_TOLD = (Operator.KNOWN, Operator.UNKNOWN)
OPERATORS: dict[Kind, tuple[Operator, ...]] = {
    Kind.TEXT: (*_SAME, Operator.CONTAINS, Operator.CONTAINS_NOT, *_TOLD),
    Kind.CODE: (*_SAME, *_TOLD),
    Kind.NUMBER: (*_SAME, Operator.MORE, Operator.LESS, Operator.BETWEEN, *_TOLD),
    Kind.DAY: (Operator.IS, Operator.BEFORE, Operator.AFTER, Operator.BETWEEN, Operator.LAST_DAYS, *_TOLD),
    Kind.YES_NO: (Operator.IS, *_TOLD),
    Kind.CHOICE: (*_SAME, *_TOLD),
    Kind.PLACE: (*_SAME, Operator.WITHIN, *_TOLD),
}

Value = str | float | bool | date | tuple[float, float] | tuple[date, date] | None
"""As a rule holds it once it was understood: text, number, yes or no, day, a pair for `BETWEEN`, days as a number."""


def anybody(_user: User) -> bool:
    """For fields that whoever may see segments may use."""
    return True


def no_choices(_user: User | None) -> Sequence[tuple[str, str | Promise]]:
    """For fields that are no choice."""
    return ()


@dataclass(frozen=True)
class SegmentField:
    """One thing known about people. `operators` narrows what its kind allows; `choices(user)` are (key, label)."""

    key: str
    label: str | Promise
    kind: Kind
    compile: Callable[[Operator, Value], Q] = field(compare=False)
    group: str | Promise = ""
    choices: Callable[[User | None], Sequence[tuple[str, str | Promise]]] = field(default=no_choices, compare=False)
    seen_by: Callable[[User], bool] = field(default=anybody, compare=False)
    operators: tuple[Operator, ...] = ()

    @property
    def allowed(self) -> tuple[Operator, ...]:
        """The operators that it takes."""
        return self.operators or OPERATORS[self.kind]


@dataclass(frozen=True)
class FieldSource:
    """One room's fields, read anew for every rule since they may depend on what people declared."""

    room: str
    fields: Callable[[], Sequence[SegmentField]]
    position: int = 100


segment_fields: Registry[FieldSource] = Registry(lambda source: (source.position, source.room))
