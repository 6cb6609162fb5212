"""Each kind of question as elements of ours."""

from __future__ import annotations

from collections.abc import Callable

from kithkin.questionnaire.formats.qualtrics.asked import WITHOUT, Asked, Family
from kithkin.questionnaire.formats.qualtrics.book import Book, Loop
from kithkin.questionnaire.formats.qualtrics.logic import Logic
from kithkin.questionnaire.formats.qualtrics.piping import Piping
from kithkin.questionnaire.formats.qualtrics.questions import choosing, tables, writing
from kithkin.questionnaire.formats.qualtrics.questions.known import tell_of_properties
from kithkin.questionnaire.formats.qualtrics.questions.maker import Maker
from kithkin.questionnaire.formats.qualtrics.raw import Raw, word

_MADE: dict[Family, Callable[[Maker], list[Raw]]] = {
    Family.ONE: choosing.multiple_choice, Family.SEVERAL: choosing.multiple_choice, Family.NPS: choosing.recommendation,
    Family.MATRIX_ONE: tables.matrix, Family.MATRIX_SEVERAL: tables.matrix, Family.MATRIX_TEXT: tables.texts,
    Family.PROFILE: tables.profile, Family.MAXDIFF: choosing.best_and_worst, Family.TEXT: writing.text,
    Family.FORM: writing.form, Family.SLIDERS: writing.sliders, Family.STARS: writing.stars,
    Family.RANK: choosing.rank_order, Family.SUM: writing.constant_sum, Family.NUMBERS: writing.numbers,
    Family.SIDE_BY_SIDE: tables.side_by_side, Family.DRILL: choosing.drill_down, Family.GROUPS: choosing.groups,
    Family.REGIONS: choosing.regions, Family.FILE: writing.file, Family.SIGNATURE: writing.signature,
    Family.SHOWN: writing.passage,
}  # fmt: skip


def elements(book: Book, logic: Logic, piping: Piping, asked: Asked, loop: Loop | None) -> list[Raw]:
    """The elements that one question becomes; none where it does not come along, which is told."""
    book.losses.element(asked.qid, asked.what)
    if asked.family is Family.LOST:
        kind = word(asked.raw.get("QuestionType"))[:40]
        reason = WITHOUT.get(kind, f"nothing here corresponds to the type {kind or 'that it lacks'}")
        book.losses.lost(asked.qid, asked.what, reason)
        return []
    maker = Maker(book, logic, piping, asked, loop)
    tell_of_properties(asked, book.losses)
    if word(asked.raw.get("QuestionType")) == "SS":
        return choosing.graphic_slider(maker)
    return _MADE[asked.family](maker)
