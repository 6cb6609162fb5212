"""What is wrong with a questionnaire before anybody answers it."""

from __future__ import annotations

from kithkin.questionnaire.checking import (
    begun,
    compared,
    length,
    logic,
    names,
    offered,
    ours,
    patterns,
    sharing,
    structure,
    translations,
)
from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.checking.length import estimated_minutes
from kithkin.questionnaire.checking.translations import Lacking, lacking
from kithkin.questionnaire.errors import BadExpression
from kithkin.questionnaire.model.questionnaire import Body
from kithkin.questionnaire.replaying.levels import Plan
from kithkin.questionnaire.replaying.plan import plan_of

__all__ = ["Finding", "Kind", "Lacking", "Severity", "check", "estimated_minutes", "lacking"]

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def check(questionnaire: Body) -> tuple[Finding, ...]:
    """Everything that is wrong with a questionnaire, the worst first; missing translations behind other warnings.

    What depends on logic is looked at only where every expression can be read. That a question can never be shown is
    said where all that its conditions speak of has an end of answers, and all their combinations were tried.

    >>> from kithkin.questionnaire import Questionnaire
    >>> asked = Questionnaire.from_json({"elements": [{"type": "text", "name": "age", "visibleIf": "{agee} > 3"}]})
    >>> [(str(each.kind), each.advice) for each in check(asked)]
    [('undefined name', 'Did you mean {age}?')]
    """
    plan = _plan(questionnaire)
    found = [
        *(names.unreadable(questionnaire) if plan is None else ()),
        *names.twice(questionnaire),
        *names.borrowed(questionnaire),
        *sharing.unlike(questionnaire),
        *structure.empty(questionnaire),
        *structure.choices(questionnaire),
        *structure.dead_ends(questionnaire),
        *patterns.patterns(questionnaire),
        *structure.unknown(questionnaire),
        *translations.untranslated(questionnaire),
        *length.too_long(questionnaire),
        *ours.own_part(questionnaire),
    ]
    if plan is not None:
        hidden = tuple(logic.unreachable(plan))
        found += [*names.undefined(plan), *names.uncallable(plan), *names.cycles(plan), *hidden]
        found += [
            *offered.never_offered(plan),
            *begun.unfit(questionnaire),
            *compared.compared(plan, frozenset(each.where for each in hidden)),
        ]
    return tuple(sorted(found, key=lambda each: (_ORDER[each.severity], each.kind is Kind.TRANSLATION)))


def _plan(questionnaire: Body) -> Plan | None:
    """What depends on what; None where an expression cannot be read."""
    try:
        return plan_of(questionnaire)
    except BadExpression:
        return None
