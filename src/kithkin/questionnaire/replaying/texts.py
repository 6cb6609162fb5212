"""Where expressions stand: those that decide an element's answer, those that only judge it, those of the whole."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choices
from kithkin.questionnaire.model.elements import Element, Question
from kithkin.questionnaire.model.questionnaire import Body

Found = Iterator[tuple[str, str]]
"""Where each expression stands, and its text."""


def whole_texts(body: Body) -> Found:
    """The expressions that stand at no element, each with its place."""
    for value in body.calculated:
        if value.expression is not None:
            yield f"{value.where}/expression", value.expression
    for trigger in body.triggers:
        for name, text in (("expression", trigger.expression), ("runExpression", trigger.run)):
            if text is not None:
                yield f"{trigger.where}/{name}", text
    for listed in (body.ours.quotas, body.ours.scoring, body.completion):
        for each in listed:
            if each.when is not None:
                yield f"{each.where}/when", each.when


def settling(element: Element) -> Found:
    """Expressions on which depends whether the element is shown and what its answer is."""
    yield from _given(element.where, visibleIf=element.visible_if, enableIf=element.enable_if)
    if isinstance(element, Question):
        yield from _given(
            element.where,
            resetValueIf=element.reset_if,
            setValueIf=element.set_if,
            setValueExpression=element.set_expression,
            defaultValueExpression=element.default_expression,
        )
        for choices in choices_of(element):
            yield from _of_choices(choices, element.where)
    if isinstance(element, model.Computed):
        yield from _given(element.where, expression=element.expression)
    if isinstance(element, model.MultipleText):
        for field in element.fields:
            yield from _given(field.where, defaultValueExpression=field.default_expression)
    if isinstance(element, model.Growing):
        yield from _given(element.where, templateVisibleIf=element.item_visible_if)


def judging(element: Element) -> Found:
    """Expressions that say whether the answer is needed, and whether it will do."""
    yield from _given(element.where, requiredIf=element.required_if)
    if isinstance(element, Question):
        for validator in element.validators:
            yield from _given(validator.where, expression=validator.expression)
    if isinstance(element, model.Text | model.Slider):
        bounds = element.bounds
        yield from _given(element.where, minValueExpression=bounds.least_if, maxValueExpression=bounds.most_if)
    if isinstance(element, model.MultipleText):
        for field in element.fields:
            yield from judging(field)


def choices_of(question: Question) -> tuple[Choices, ...]:
    """Every set of choices that a question has: its rows too."""
    match question:
        case model.Choose() | model.ConstantSum() | model.MaxDiff():
            return (question.choices,)
        case model.Rating():
            return (question.points,)
        case model.Matrix():
            return (question.rows, question.columns)
        case model.NamedRows():
            return (question.rows,)
    return ()


def _of_choices(choices: Choices, where: str) -> Found:
    yield from _given(where, choicesVisibleIf=choices.visible_if, choicesEnableIf=choices.enable_if)
    for choice in choices.ordinary:
        if choice.visible_if or choice.enable_if:
            yield from _given(choice.where, visibleIf=choice.visible_if, enableIf=choice.enable_if)


def _given(where: str, **texts: str | None) -> Found:
    for name, text in texts.items():
        if text is not None:
            yield f"{where}/{name}", text


def totalled(question: Element) -> tuple[Question, ...]:
    """The columns of a matrix that have something under them."""
    if not isinstance(question, model.Growing | model.NamedRows) or (
        isinstance(question, model.Growing) and question.scope != "row"
    ):
        return ()
    columns = (element for element in question.elements[: question.columns] if isinstance(element, Question))
    return tuple(column for column in columns if column.raw.get("totalType", "none") != "none" or expression_of(column))


def expression_of(column: Question) -> str | None:
    """The expression under a column."""
    found = column.raw.get("totalExpression")
    return found if isinstance(found, str) and found.strip() else None


def totalling(question: Element) -> Found:
    """The expressions under the columns, each with its place."""
    for column in totalled(question):
        text = expression_of(column)
        if text is not None:
            yield f"{column.where}/totalExpression", text
