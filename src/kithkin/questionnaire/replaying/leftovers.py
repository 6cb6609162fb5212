"""What was handed in, and no question took."""

from __future__ import annotations

from collections.abc import Set
from itertools import islice

from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.replaying.appearing import Appearing
from kithkin.questionnaire.replaying.beside import COMMENT
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.result import Reason

MOST_NAMED, MOST_NAMED_TOGETHER = 1_000, 100_000
"""So many of the answers that were handed in to one level, and to all, and do not count are named."""


def refuse_leftovers(level: Appearing, known: Set[str] = frozenset()) -> None:
    """Name what was handed in to questions that are hidden, and to none at all; `known` names are neither."""
    shown = {each.key for each, state in level.states.items() if state.shown and isinstance(each, Question)}
    counted = known | shown | level.values.keys()
    left = (name for name, value in level.given.items() if not is_empty(value) and name not in counted)
    for name in islice(left, min(MOST_NAMED, MOST_NAMED_TOGETHER - level.session.left)):
        level.session.left += 1
        if question := _of(level, name):
            _refuse(level, question.name, question.name, Reason.HIDDEN)
        elif question := _of(level, str(name).removesuffix(COMMENT)):
            _refuse(level, question.name, str(name), Reason.HIDDEN)
        else:
            _refuse(level, str(name)[:80], str(name)[:80], Reason.UNKNOWN)


def _of(level: Appearing, key: str) -> Question | None:
    """The first question with a key."""
    subjects = (level.level.nodes[place].subject for place in level.level.keys.get(str(key).lower(), ()))
    return next((each for each in subjects if isinstance(each, Question) and each.key == key), None)


def _refuse(level: Appearing, about: str, name: str, reason: Reason) -> None:
    """Once for each question."""
    if not level.session.refused.get(level.path + about):
        level.session.refuse(level.path + name, reason)
