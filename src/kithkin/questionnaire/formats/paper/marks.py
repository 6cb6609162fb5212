"""Each type of question as something that can be ticked or written on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from kithkin.questionnaire.formats.paper.sheet import Sheet
from kithkin.questionnaire.formats.paper.words import Word
from kithkin.questionnaire.formats.wording import pictures, plainly
from kithkin.questionnaire.model import elements as model
from kithkin.questionnaire.model.choices import Choice, Choices, Role
from kithkin.questionnaire.model.elements import Element, Question

ROUND, SQUARE, LINE = '<span class="round"></span>', '<span class="square"></span>', '<span class="line"></span>'
_BLANK_ROWS = 3
_MANY, _SHORT = 8, 24
_FITS = 12
"""Rows of a table that stand on one sheet; a longer one goes on, with its head, on the next."""


def _listed(sheet: Sheet, items: Iterable[str], kind: str = "choices") -> str:
    """A list; a long one of short words stands in columns."""
    items = [sheet.grow(item) for item in items]
    if kind == "choices" and len(items) > _MANY:
        width = max(len(plainly(item)) for item in items)
        kind += " three" if width <= _SHORT else " two" if width <= 2 * _SHORT else ""
    return f'<ul class="{kind}">' + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def _note(text: str) -> str:
    return f'<p class="note">{text}</p>'


def _table(sheet: Sheet, heads: Iterable[str], rows: Iterable[tuple[str, Iterable[str]]], kind: str = "named") -> str:
    head = "".join(f'<th scope="col">{each}</th>' if each else "<td></td>" for each in heads)
    body = "".join(
        sheet.grow(f'<tr><th scope="row">{title}</th>' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
        for title, cells in rows
    )
    return f'<table class="{kind}"><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>'


def _choose(sheet: Sheet, question: model.Choose) -> str:
    borrowed, said = _borrowed(sheet, question)
    if question.type == "ranking":
        ranked = (*question.choices.ordinary, *borrowed, *question.choices.special)
        return (
            _note(sheet.word(Word.RANK)) + said + _listed(sheet, (f"{SQUARE} {sheet.choice(each)}" for each in ranked))
        )
    mark = SQUARE if question.multiple else ROUND
    boxes = [
        f"{mark} {sheet.choice(choice)}" + (f" {LINE}" if choice.role is Role.OTHER else "")
        for choice in (*question.choices.ordinary, *borrowed, *question.choices.special)
    ]
    boxes += [LINE] if question.choices.open else []
    if not boxes and not question.choices.from_question:
        sheet.losses.lost(f"{question.where}/choices", f"the choices of {question.name}", "there is nothing to tick")
    return _note(_how_many(sheet, question)) + said + _listed(sheet, boxes)


def _how_many(sheet: Sheet, question: model.Choose) -> str:
    """How many boxes are ticked."""
    fewest, most = question.fewest, question.most
    if not question.multiple:
        return sheet.word(Word.ONE)
    if fewest and most:
        return sheet.word(Word.SO_MANY, most) if fewest == most else sheet.word(Word.FROM_TO, fewest, most)
    if most:
        return sheet.word(Word.NO_MORE, most)
    return sheet.word(Word.NO_FEWER, fewest) if fewest else sheet.word(Word.SEVERAL)


def _borrowed(sheet: Sheet, question: model.Choose) -> tuple[tuple[Choice, ...], str]:
    """The choices of another question that this one offers, and which of them may be ticked."""
    taken = question.choices
    if not taken.from_question:
        return (), ""
    source = sheet.asked.get(taken.from_question)
    lent = source.rows if isinstance(source, model.Matrix) else getattr(source, "choices", None)
    where, what = f"{question.where}/choicesFromQuestion", f"the choices of {question.name} from another question"
    number = sheet.numbers.get(taken.from_question)
    if not isinstance(lent, Choices) or not lent.ordinary or number is None:
        sheet.losses.lost(where, what, "they are not known before somebody answers")
        return (), ""
    sheet.losses.approximated(where, what, "all stand on paper, with a word on which are meant")
    word = {"selected": Word.CHOSEN_IN, "unselected": Word.NOT_CHOSEN_IN}.get(taken.from_mode)
    return lent.ordinary, _note(sheet.word(word, number)) if word else ""


def _boolean(sheet: Sheet, question: model.Boolean) -> str:
    yes, no = sheet.text(question.yes_text) or sheet.word(Word.YES), sheet.text(question.no_text) or sheet.word(Word.NO)
    return _listed(sheet, (f"{ROUND} {yes}", f"{ROUND} {no}"))


def _rating(sheet: Sheet, question: model.Rating) -> str:
    points = _listed(sheet, (f"{ROUND}<br>{sheet.choice(point)}" for point in sheet.shown(question.points)), "scale")
    ends = f"{sheet.text(question.lowest_text)}</span><span>{sheet.text(question.highest_text)}"
    if ends != "</span><span>":
        points = points.replace('class="scale"', 'class="scale wide"')
    return points + (f'<p class="ends"><span>{ends}</span></p>' if ends != "</span><span>" else "")


def _slider(sheet: Sheet, question: model.Slider) -> str:  # noqa: ARG001
    low = 0 if question.bounds.least is None else question.bounds.least
    high = 100 if question.bounds.most is None else question.bounds.most
    return f'<p class="slider"><span>{escape(str(low))}</span><span>{escape(str(high))}</span></p>'


def _text(sheet: Sheet, question: model.Text) -> str:  # noqa: ARG001
    return '<p class="box"></p>' if question.type == "comment" else f'<p class="wide">{LINE}</p>'


def _texts(sheet: Sheet, question: model.MultipleText) -> str:
    fields = (f"{sheet.text(each.title) or escape(each.name)} {LINE}" for each in question.fields)
    return _listed(sheet, fields, "fields")


def _matrix(sheet: Sheet, question: model.Matrix) -> str:
    columns = list(sheet.shown(question.columns))
    mark = SQUARE if question.multiple else ROUND
    rows = ((sheet.choice(row), [mark] * len(columns)) for row in sheet.shown(question.rows))
    return _table(sheet, map(sheet.choice, columns), rows)


def _cell(sheet: Sheet, inner: Element) -> str:
    if isinstance(inner, model.Choose):
        mark = SQUARE if inner.multiple else ROUND
        return _listed(sheet, (f"{mark} {sheet.choice(choice)}" for choice in sheet.shown(inner.choices)))
    if isinstance(inner, model.Boolean):
        return SQUARE
    return LINE


def _heads(sheet: Sheet, question: model.Repeated) -> list[tuple[str, str]]:
    cells = (each for each in question.elements if isinstance(each, Question))
    return [(sheet.text(each.title) or escape(each.name), _cell(sheet, each)) for each in cells]


def _named_rows(sheet: Sheet, question: model.NamedRows) -> str:
    heads = _heads(sheet, question)
    rows = ((sheet.choice(row), [cell for _, cell in heads]) for row in sheet.shown(question.rows))
    return _table(sheet, [head for head, _ in heads], rows)


def _growing(sheet: Sheet, question: model.Growing) -> str:
    if question.scope == "row":
        heads = _heads(sheet, question)
        rows = ((str(place), [cell for _, cell in heads]) for place in range(1, max(question.first, _BLANK_ROWS) + 1))
        return _table(sheet, [head for head, _ in heads], rows, "numbered")
    return _note(sheet.word(Word.AGAIN)) + f'<div class="again">{elements(sheet, question.elements)}</div>'


def _sum(sheet: Sheet, question: model.ConstantSum) -> str:
    rows = [(sheet.choice(choice), [LINE]) for choice in sheet.shown(question.choices)]
    total = f"{question.total:g}"
    rows.append((sheet.word(Word.TOTAL), [total]))
    return _note(sheet.word(Word.SHARE, total)) + _table(sheet, [""], rows)


def _maxdiff(sheet: Sheet, question: model.MaxDiff) -> str:
    heads = (
        sheet.text(question.best_text) or sheet.word(Word.BEST),
        sheet.text(question.worst_text) or sheet.word(Word.WORST),
    )
    if question.set_count > 1:
        reason = "all choices stand in one set on paper"
        sheet.losses.approximated(question.where, f"{question.type} {question.name}", reason)
    return _table(sheet, heads, ((sheet.choice(choice), [ROUND, ROUND]) for choice in sheet.shown(question.choices)))


def _file(sheet: Sheet, question: model.File) -> str:  # noqa: ARG001
    return _note(sheet.word(Word.FILE))


def _signature(sheet: Sheet, question: model.Signature) -> str:  # noqa: ARG001
    return f'<p class="box"></p>{_note(sheet.word(Word.SIGNATURE))}'


_MARKS: dict[type[Element], Callable[[Sheet, Any], str]] = {
    model.Choose: _choose, model.Boolean: _boolean, model.Rating: _rating, model.Slider: _slider, model.Text: _text,
    model.MultipleText: _texts, model.Matrix: _matrix, model.NamedRows: _named_rows, model.Growing: _growing,
    model.ConstantSum: _sum, model.MaxDiff: _maxdiff, model.File: _file, model.Signature: _signature,
}  # fmt: skip


def elements(sheet: Sheet, inside: Iterable[Element]) -> str:
    """Elements, one after another."""
    return "".join(_element(sheet, each) for each in inside)


def _element(sheet: Sheet, element: Element) -> str:
    if not element.visible:
        return ""
    what = f"{element.type} {element.name}"
    if element.visible_if:
        sheet.losses.approximated(
            f"{element.where}/visibleIf",
            "a condition",
            f"it stands on paper {'in words' if sheet.says(element.visible_if) else 'as it is written'}",
        )
    if isinstance(element, model.Panel):
        title = sheet.text(element.title)
        heading = f"<h3>{title}</h3>" if title else ""
        description = sheet.text(element.description)
        under = f'<p class="description">{description}</p>' if description else ""
        return f"<section>{heading}{sheet.condition(element)}{under}{elements(sheet, element.elements)}</section>"
    sheet.losses.element(element.where, what)
    _tell_pictures(sheet, element, what)
    if isinstance(element, model.Shown):
        return f'<div class="passage">{sheet.condition(element)}{sheet.html(element.html)}</div>'
    mark = _MARKS.get(type(element))
    if mark is None or not isinstance(element, Question):
        sheet.losses.lost(element.where, what, "it has no form on paper")
        return ""
    return _question(sheet, element, mark(sheet, element))


def _tell_pictures(sheet: Sheet, element: Element, what: str) -> None:
    """Nothing is fetched from elsewhere, so no picture is printed: said of each element that has some."""
    if element.type == "image":
        sheet.losses.lost(element.where, what, "pictures are not printed")
    elif element.type == "imagepicker":
        sheet.losses.approximated(element.where, f"the pictures of {what}", "choices stand on paper by their words")
    elif isinstance(element, model.Shown) and (count := pictures(sheet.said(element.html))):
        many = "a picture" if count == 1 else f"{count} pictures"
        sheet.losses.approximated(element.where, f"{many} of {what}", "the words for it stand on paper")


def _tell_bounds(sheet: Sheet, question: Question) -> None:
    """Nobody looks at what is written on paper: said of each question that takes only some answers."""
    said = ["validators"] if question.validators else []
    if isinstance(question, model.Text):
        bounds = question.bounds
        limits = {"min": bounds.least, "max": bounds.most}
        limits |= {"minValueExpression": bounds.least_if, "maxValueExpression": bounds.most_if}
        said += [name for name, limit in limits.items() if limit is not None]
    for name in said:
        sheet.losses.approximated(f"{question.where}/{name}", "which answers are taken", "paper does not say it")


def _question(sheet: Sheet, question: Question, marks: str) -> str:
    _tell_bounds(sheet, question)
    title = sheet.text(question.title) or escape(question.name)
    star = ' <span class="star">*</span>' if question.required else ""
    description = sheet.text(question.description)
    under = f'<p class="description">{description}</p>' if description else ""
    comment = f'<p class="wide">{sheet.word(Word.COMMENT)}: {LINE}</p>' if question.comment else ""
    heading = f'<p class="title">{sheet.number(question)}{title}{star}</p>'
    long = marks.count("<tr>") > _FITS or marks.count("<li>") > 3 * _FITS
    kind = "question long" if long else "question"
    return f'<div class="{kind}">{sheet.condition(question)}{heading}{under}{marks}{comment}</div>'
