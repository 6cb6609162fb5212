"""What is written beside a question, in place of "other", or under its key by another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Role
from kithkin.questionnaire.model.elements import Choose, Question
from kithkin.questionnaire.model.questionnaire import Body
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.result import Reason
from kithkin.questionnaire.replaying.storable import Refused, text

if TYPE_CHECKING:
    from kithkin.questionnaire.replaying.settling import Settling

COMMENT = "-Comment"
_FILE = {"name", "type", "content"}


def is_apart(question: Choose, body: Body) -> bool:
    """Whether the text in place of "other" has a key of its own. It stands among the answers where that key holds a
    comment.
    """
    return body.other_apart and not question.comment and not question.value_property


def is_chosen(question: Question, value: Any) -> bool:
    """Whether "other" stands among the answers as such."""
    other = question.choices.of_role(Role.OTHER) if isinstance(question, Choose) else None
    return other is not None and other.value in values_of(question, value)


def values_of(question: Question | None, value: Any) -> list[Any]:
    """What was chosen, as a list, none of it wrapped."""
    listed = [] if value is None else value if isinstance(value, list) else [value]
    wrap = question.value_property if isinstance(question, Choose) else None
    return [each.get(wrap) if wrap and isinstance(each, dict) else each for each in listed]


def has_form(question: Question, value: Any) -> bool:
    """Whether a value has the form of the question's answers: under the same key another question may have left its
    own, or a calculated value its own.
    """
    match question:
        case model.ConstantSum():
            return isinstance(value, dict) and all(isinstance(each, int | float) for each in value.values())
        case model.Matrix() | model.NamedRows() | model.MultipleText():
            return isinstance(value, dict)
        case model.File():
            return isinstance(value, list) and all(isinstance(each, dict) and each.keys() >= _FILE for each in value)
        case model.MaxDiff() | model.Growing():
            return isinstance(value, list) and all(isinstance(each, dict) for each in value)
    return True


def is_unsaid(question: Choose, settling: Settling) -> bool:
    """Whether "other" is chosen, and not said what."""
    if not is_chosen(question, settling.values.get(question.key)):
        return False
    return not is_apart(question, settling.session.plan.body) or question.key + COMMENT not in settling.values


def comment(settling: Settling, question: Question, path: str, *, enabled: bool) -> None:
    """Let count what is written beside a question, or beside "other"."""
    session, key = settling.session, question.key + COMMENT
    raw = settling.given.get(key)
    if not enabled and (held := settling.held(key)) is not None:
        if not is_empty(raw) and raw != held:
            settling.turn_away(key, path, Reason.DISABLED)
        raw, enabled = held, True
    if is_empty(raw) or (isinstance(raw, str) and not raw.strip()):
        return
    if not (question.comment or _has_text(question, settling)):
        return
    if not enabled and not session.quiet:
        settling.turn_away(key, path, Reason.DISABLED)
        return
    try:
        said = text(raw, session.plan.body.longest_comment)
    except Refused as refused:
        settling.turn_away(key, path, refused.reason)
        return
    unanswered = question.key not in settling.values
    if unanswered and question.reset_if is not None and session.true(question.reset_if, settling.scope):
        return  # beside what is emptied nothing stands
    settling.values[key] = said


def _has_text(question: Question, settling: Settling) -> bool:
    """Whether "other" is chosen, and its text has a key of its own. Where another answer was handed in and taken back,
    the text was not said of "other".
    """
    if not isinstance(question, Choose) or not is_apart(question, settling.session.plan.body):
        return False
    handed_in = settling.given.get(question.key)
    chosen = is_chosen(question, settling.values.get(question.key))
    return chosen and (is_empty(handed_in) or is_chosen(question, handed_in))
