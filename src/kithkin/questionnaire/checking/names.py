"""Expressions that cannot be read, names that mean nothing, questions that wait for one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kithkin.questionnaire.checking import translations
from kithkin.questionnaire.checking.finding import Finding, Kind, Severity
from kithkin.questionnaire.checking.nearness import Nearness
from kithkin.questionnaire.errors import pointer
from kithkin.questionnaire.expressions import ExpressionError, Functions, compile_expression, referenced
from kithkin.questionnaire.model.elements import Choose, Element, Question, Repeated
from kithkin.questionnaire.model.questionnaire import Body, Calculated, questions, walk
from kithkin.questionnaire.replaying.levels import Level, Plan, Readiness, Subject
from kithkin.questionnaire.replaying.names import reached
from kithkin.questionnaire.replaying.texts import judging, settling, totalling, whole_texts

_LOCAL = {"item", "choice", "self", "question", "row", "panel", "parentpanel", "prevpanel", "prevrow",
          "rowindex", "visiblerowindex", "rowvalue", "rowname", "rowtitle", "panelindex",
          "visiblepanelindex", "totalrow", "survey", "locale", "language", "pageno", "pagecount"}  # fmt: skip


def unreadable(body: Body) -> Iterator[Finding]:
    """Expressions that are none."""
    for where, text in texts(body):
        try:
            compile_expression(text)
        except ExpressionError as error:
            what = f"This expression cannot be read: {error}. It says {text[:120]!r}."
            yield Finding(Severity.ERROR, Kind.EXPRESSION, where, what, "Mend it there.")


def texts(body: Body) -> Iterator[tuple[str, str]]:
    """Every expression of a questionnaire with its place."""
    yield from whole_texts(body)
    for element in walk(body.pages):
        yield from settling(element)
        yield from judging(element)
        yield from totalling(element)


def uncallable(plan: Plan) -> Iterator[Finding]:
    """Functions that expressions call and that are not there."""
    known = Functions().names()
    nearness = Nearness(known)
    for where, text in texts(plan.body):
        for name in sorted(plan.expressions[text].calls - known):
            near = nearness.to(name)
            advice = f"Did you mean {near}()?" if near else "Say it with the functions of the reference."
            what = f"There is no function {name[:80]}(): it gives nothing."
            yield Finding(Severity.WARNING, Kind.UNDEFINED, where, what, advice)


def undefined(plan: Plan) -> Iterator[Finding]:
    """Names in expressions and in texts that no question, calculated or embedded value has."""
    known = dict.fromkeys([*plan.top.keys, *(each.name.lower() for each in plan.body.ours.embedded)])
    known |= dict.fromkeys(element.name.lower() for element in walk(plan.body.pages) if isinstance(element, Repeated))
    nearness = Nearness(known)
    seen: dict[str, str | None] = {}
    for where, names, then in _spoken_of(plan):
        for name in sorted(names):
            if name not in seen:
                seen[name] = _advice(name, known, nearness)
            advice = seen[name]
            if advice is not None:
                what = f"Nothing is called {{{name[:80]}}}{then}."
                yield Finding(Severity.WARNING, Kind.UNDEFINED, where, what, advice)


def borrowed(body: Body) -> Iterator[Finding]:
    """Questions from which choices or answers are to be taken, and which are not there."""
    known = {question.name for question in questions(body.pages, inside=True)}
    keys = {question.key for question in questions(body.pages)}
    nearness = Nearness(known)
    for question in questions(body.pages, inside=True):
        source = question.choices.from_question if isinstance(question, Choose) else None
        if source and source not in known:
            where = pointer(question.where, "choicesFromQuestion")
            what = f"No question is called {source[:60]!r}: {question.name[:60]!r} takes no choices from it."
            yield Finding(Severity.WARNING, Kind.UNDEFINED, where, what, _nearest(source, nearness))
    for trigger in body.triggers:
        if trigger.type == "copyvalue" and trigger.source not in known | keys:
            what = f"No question is called {trigger.source[:60]!r}: no answer is copied."
            yield Finding(
                Severity.WARNING,
                Kind.UNDEFINED,
                pointer(trigger.where, "fromName"),
                what,
                _nearest(trigger.source, nearness),
            )


def _nearest(name: str, nearness: Nearness) -> str:
    near = nearness.to(name)
    return f"Did you mean {near!r}?" if near else "Name a question that is there."


def _spoken_of(plan: Plan) -> Iterator[tuple[str, frozenset[str], str]]:
    """Each expression and each text with its place, the names in it, and what comes of one that means nothing."""
    for where, text in texts(plan.body):
        yield where, plan.expressions[text].names, ""
    for where, said in translations.texts(plan.body):
        yield where, frozenset().union(*map(referenced, said.texts.values())), ": respondents read it as it stands"


def _advice(name: str, known: Mapping[str, None], nearness: Nearness) -> str | None:
    """What to do about a name that nothing has; None of one that means something."""
    path = name.lower().removeprefix("#").removeprefix("$")
    first = path.partition(".")[0].partition("[")[0]
    if first in _LOCAL or reached(path, known) or ":" in path:
        return None
    near = nearness.to(path)
    return f"Did you mean {{{near}}}?" if near else "Name a question, or declare it as an embedded value."


def cycles(plan: Plan) -> Iterator[Finding]:
    """Rings in which each waits for the next; what stands first is decided without the others."""
    for level in _levels(plan.top):
        for ring in level.rings:
            members = [level.nodes[place].subject for place in ring]
            said = " → ".join(_called(member) for member in [*members[:6], members[0]])
            first = members[0]
            where = first.where if isinstance(first, Element | Calculated) else ""
            advice = "The first is decided as if those behind it had no answer. Take one condition out."
            yield Finding(Severity.WARNING, Kind.CYCLE, where, f"These depend on one another: {said}.", advice)


def twice(body: Body) -> Iterator[Finding]:
    """Two questions of one name."""
    seen: dict[str, Question] = {}
    for element in walk(body.pages, inside=False):
        if not isinstance(element, Question):
            continue
        other = seen.setdefault(element.name.lower(), element)
        if other is not element:
            what = f"Two questions are called {element.name[:60]!r}; the other stands at {other.where}."
            yield Finding(Severity.ERROR, Kind.TWICE, element.where, what, "Give one of them another name.")


def _levels(level: Level) -> Iterator[Level]:
    yield level
    for inner in level.inner.values():
        yield from _levels(inner)


def _called(subject: Subject) -> str:
    if isinstance(subject, str):
        return subject
    return (subject.of if isinstance(subject, Readiness) else subject).name[:60]
