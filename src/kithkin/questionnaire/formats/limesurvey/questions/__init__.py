"""Each type of question, in our vocabulary."""

from __future__ import annotations

from collections.abc import Callable

from kithkin.questionnaire.formats.limesurvey.questions import arrays, choosing, fields, writing
from kithkin.questionnaire.formats.limesurvey.questions.making import Making, Raw

__all__ = ["MAKERS", "Making", "Raw"]

_MAKERS: dict[str, Callable[[Making], list[Raw]]] = {
    "5": choosing.five,
    "G": choosing.gender,
    "Y": choosing.yes_no,
    "LO": choosing.chosen("radiogroup"),
    "!": choosing.chosen("dropdown"),
    "MP": choosing.several,
    "R": choosing.ranking,
    "ABCEFH": arrays.rows,
    "1": arrays.dual,
    ":": arrays.numbers,
    ";": arrays.texts,
    "KQ": fields.fields,
    "NSTU": writing.text,
    "D": writing.date,
    "|": writing.file,
    "X": writing.display,
}
MAKERS = {letter: make for letters, make in _MAKERS.items() for letter in letters}
