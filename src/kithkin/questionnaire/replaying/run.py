"""The replay: from answers as they came to what was shown, what is wrong and what counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kithkin.questionnaire.expressions import Functions
from kithkin.questionnaire.model.elements import Choose, Matrix, Question, Rating
from kithkin.questionnaire.model.ours import Score
from kithkin.questionnaire.model.questionnaire import Body
from kithkin.questionnaire.replaying.beside import COMMENT
from kithkin.questionnaire.replaying.emptiness import is_empty
from kithkin.questionnaire.replaying.leftovers import refuse_leftovers
from kithkin.questionnaire.replaying.levels import Plan
from kithkin.questionnaire.replaying.messages import message
from kithkin.questionnaire.replaying.options import spelled
from kithkin.questionnaire.replaying.plan import plan_of
from kithkin.questionnaire.replaying.readiness import readiness
from kithkin.questionnaire.replaying.result import End, Problem, Reason, Replay
from kithkin.questionnaire.replaying.seeds import Seed, drawn
from kithkin.questionnaire.replaying.session import Answers, Session
from kithkin.questionnaire.replaying.settling import Settling
from kithkin.questionnaire.replaying.showing import Showing
from kithkin.questionnaire.replaying.taken_back import is_taken_back
from kithkin.questionnaire.replaying.totals import SUFFIX, numbers

MOST_ANSWERS = 100_000


def replay(
    questionnaire: Body,
    answers: Mapping[str, Any],
    *,
    language: str,
    now: datetime,
    seed: Seed,
    full_quotas: frozenset[str] = frozenset(),
    embedded: Mapping[str, Any] | None = None,
    functions: Functions | None = None,
) -> Replay:
    """What the server makes of answers: it alone decides what was shown, required, enabled, valid and calculated.

    `answers` are what the respondent gave, by the key of each question; whatever else stands in them is refused and has
    no influence. What was emptied is None: a question that is missing has its default. `seed` is the respondent's:
    consecutive whole numbers spread random orders evenly. Deterministic, no input and no output. Raises BadExpression
    where the questionnaire has an expression that cannot be worked out.

    >>> from datetime import UTC, datetime
    >>> from kithkin.questionnaire import Questionnaire
    >>> asked = Questionnaire.from_json({"elements": [
    ...     {"type": "boolean", "name": "car", "isRequired": True},
    ...     {"type": "text", "name": "brand", "visibleIf": "{car} = true"},
    ... ]})
    >>> given = {"car": False, "brand": "Saab"}
    >>> found = replay(asked, given, language="en", now=datetime(2026, 1, 1, tzinfo=UTC), seed=1)
    >>> dict(found.values), found.complete, [(each.question, str(each.reason)) for each in found.refused]
    ({'car': False}, True, [('brand', 'hidden')])
    """
    plan = plan_of(questionnaire)
    session = Session(
        plan, language, now, seed, functions or Functions(), full_quotas, _brought(questionnaire, embedded)
    )
    orders = {each.name: drawn(each.of, seed, each.name, each.show) for each in questionnaire.ours.randomisation}
    left_out = {name for each in questionnaire.ours.randomisation for name in each.of if name not in orders[each.name]}
    fixed = {each.name: list(each.of) for each in questionnaire.ours.randomisation if not each.shuffle}
    values: dict[str, Any] = dict(session.embedded)
    for question in plan.by_key.values():
        values.pop(question.key, None)
    whole = _wrong_as_a_whole(answers)
    for each in whole:
        session.refuse("", each)
    given = {} if whole else answers
    settling = Settling(
        session=session,
        level=plan.top,
        given=given,
        values=values,
        scope=Answers(values, session),
        enabled=not questionnaire.read_only,
        left_out=frozenset(left_out),
        readiness=readiness,
    )
    settling.run()
    showing = Showing(session, {name: names for name, names in orders.items() if name not in fixed})
    pages = showing.pages(questionnaire.pages, settling)
    computed = {each.name for each in questionnaire.calculated} | {each.name for each in questionnaire.ours.embedded}
    refuse_leftovers(settling, computed)
    of_all = (Problem("", each, message(each.value, language)) for each in whole)
    errors = (*of_all, *showing.errors)
    failing = {error.page for error in errors}
    quotas = {each.name for each in questionnaire.ours.quotas if session.holds(each.when, settling.scope)}
    end = _end(questionnaire, settling)
    return Replay(
        pages=pages,
        visible=frozenset(showing.visible),
        errors=errors,
        values=_stored(questionnaire, plan, settling),
        complete=not errors,
        refused=tuple(each for listed in session.refused.values() for each in listed),
        next_page=next((page.name for page in pages if page.name in failing), None),
        progress=showing.answered / showing.asked if showing.asked else 1.0,
        quotas=frozenset(quotas),
        full=settling.closed,
        scores={each.name: _score(each, plan, settling) for each in questionnaire.ours.scoring},
        end=end,
        shortened=tuple(session.shortened),
    )


def _wrong_as_a_whole(answers: object) -> list[Reason]:
    """Why none of what came from outside can be looked at."""
    if not isinstance(answers, Mapping):
        return [Reason.WRONG_TYPE]
    return [Reason.TOO_MANY] if len(answers) > MOST_ANSWERS else []


def _brought(body: Body, embedded: Mapping[str, Any] | None) -> dict[str, Any]:
    brought = {each.name: each.default for each in body.ours.embedded if each.default is not None}
    return brought | dict(embedded or {})


def _stored(body: Body, plan: Plan, settling: Settling) -> dict[str, Any]:
    """The answers that count, in the questionnaire's order. An answer that was taken back stays as None where a default
    would otherwise come up again.
    """
    values, stored = settling.values, dict[str, Any]()
    for question in settling.states:
        if not isinstance(question, Question):
            continue
        for key in (question.key, question.key + COMMENT, question.key + SUFFIX):
            if not is_empty(values.get(key)):
                stored[key] = values[key]
        if is_taken_back(question, settling, stored):
            stored[question.key] = None
    return _ordered(plan, stored) | _further(body, values, stored)


def _ordered(plan: Plan, stored: dict[str, Any]) -> dict[str, Any]:
    order = {question.key: place for place, question in enumerate(plan.by_key.values())}
    return dict(
        sorted(
            stored.items(), key=lambda pair: order.get(pair[0].removesuffix(COMMENT).removesuffix(SUFFIX), len(order))
        )
    )


def _further(body: Body, values: Mapping[str, Any], stored: Mapping[str, Any]) -> dict[str, Any]:
    """Calculated and embedded values that are stored among the answers."""
    names = [each.name for each in body.calculated if each.stored]
    names += [each.name for each in body.ours.embedded if each.stored]
    return {name: values[name] for name in names if name not in stored and not is_empty(values.get(name))}


def _score(score: Score, plan: Plan, settling: Settling) -> float:
    if not settling.session.holds(score.when, settling.scope):
        return 0
    points: list[float] = []
    for name in score.questions:
        question = plan.top.named.get(name)
        if isinstance(question, Question):
            value = settling.values.get(question.key)
            points += [_is_right(question, value)] if score.correct else _points(question, value)
    total = round(math.fsum(points), 9)  # without the dust of binary fractions
    return int(total) if total.is_integer() else total


def _is_right(question: Question, value: Any) -> bool:
    right = question.correct
    if isinstance(right, list) and isinstance(value, list):
        return sorted(map(spelled, right)) == sorted(map(spelled, value))
    return right is not None and not is_empty(value) and spelled(right) == spelled(value)


def _points(question: Question, value: Any) -> list[float]:
    """The points of what was chosen; of a matrix those of every row."""
    given = list(value.values()) if isinstance(question, Matrix) and isinstance(value, dict) else [value]
    chosen = [each for one in given for each in (one if isinstance(one, list) else [one])]
    match question:
        case Choose():
            choices = question.choices.ordinary
        case Rating():
            choices = question.points.ordinary
        case Matrix():
            choices = question.columns.ordinary
        case _:
            choices = ()
    scored = {spelled(each.value): each.score for each in choices if each.score is not None}
    if scored:
        return [scored.get(spelled(each), 0) for each in chosen]
    if isinstance(question, Choose):  # a number that somebody wrote beside "other" is none of the points
        offered = {spelled(each.value) for each in choices}
        chosen = [each for each in chosen if not isinstance(each, str) or each in offered]
    return list(numbers(chosen))


def _end(body: Body, settling: Settling) -> End:
    """What is said at the end: of each part the first whose condition holds."""
    session, scope = settling.session, settling.scope
    fitting = [each for each in body.completion if session.holds(each.when, scope)]
    title, html = "", ""
    closed = next((each for each in body.ours.quotas if each.name == settling.closed), None)
    if closed is not None and closed.message:
        html = session.said(closed.message, scope)
    said = next((each for each in fitting if each.html or each.title), None)
    if said is not None and not html:
        title, html = session.said(said.title, scope), session.said(said.html, scope)
    return End(title, html, next((each.url for each in fitting if each.url), ""))
