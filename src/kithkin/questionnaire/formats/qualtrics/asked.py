"""What a QSF question becomes, and by which names and values conditions and piped text may speak of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from kithkin.questionnaire.formats.qualtrics.raw import Raw, inner, is_on, mapping, number, ordered, said, word


class Family(StrEnum):
    """How an answer is shaped here."""

    ONE = "one of several choices"
    SEVERAL = "some of several choices"
    NPS = "a recommendation from 0 to 10"
    MATRIX_ONE = "a matrix with one answer in a row"
    MATRIX_SEVERAL = "a matrix with several answers in a row"
    MATRIX_TEXT = "a matrix of texts"
    PROFILE = "a profile matrix"
    MAXDIFF = "a best and worst choice"
    TEXT = "a text"
    FORM = "a form"
    SLIDERS = "sliders"
    STARS = "stars"
    RANK = "a rank order"
    SUM = "a constant sum"
    NUMBERS = "numbers"
    SIDE_BY_SIDE = "questions side by side"
    DRILL = "a drill-down list"
    GROUPS = "things put into groups"
    REGIONS = "regions of a picture"
    FILE = "a file upload"
    SIGNATURE = "a signature"
    SHOWN = "a passage"
    LOST = "a question that does not come along"


_MULTIPLE_CHOICE = {
    "SAVR": Family.ONE, "SAHR": Family.ONE, "SACOL": Family.ONE, "DL": Family.ONE, "SB": Family.ONE, "TX": Family.ONE,
    "NPS": Family.NPS, "MAVR": Family.SEVERAL, "MAHR": Family.SEVERAL, "MACOL": Family.SEVERAL, "MSB": Family.SEVERAL,
}  # fmt: skip
_MATRIX = {
    "Bipolar": Family.MATRIX_ONE, "TE": Family.MATRIX_TEXT, "CS": Family.MATRIX_TEXT, "RO": Family.MATRIX_ONE,
    "MaxDiff": Family.MAXDIFF, "Profile": Family.PROFILE,
}  # fmt: skip
_SIMPLE = {
    "TE": Family.TEXT, "RO": Family.RANK, "DB": Family.SHOWN, "SBS": Family.SIDE_BY_SIDE, "DD": Family.DRILL,
    "PGR": Family.GROUPS, "HotSpot": Family.REGIONS, "FileUpload": Family.FILE, "Draw": Family.SIGNATURE,
    "SS": Family.ONE,
}  # fmt: skip
WITHOUT = {
    "Timing": "the time on a page is not asked of the browser here",
    "Meta": "what a browser tells of itself is not collected",
    "Captcha": "robots are kept out by other means than a question",
    "HeatMap": "places on a picture cannot be answered here",
    "HL": "words of a passage cannot be marked here",
    "TreeSelect": "the directory of an organisation is no list of choices here",
}


@dataclass
class Asked:
    """A question of the file. `keys` are the rows or items by their number, `columns` the values of answers."""

    qid: str
    raw: Raw
    tag: str
    name: str
    family: Family
    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    doubled: bool = False

    @property
    def selector(self) -> str:
        """Its kind of its type."""
        return word(self.raw.get("Selector"))

    @property
    def sub_selector(self) -> str:
        """Its kind of that kind."""
        return word(self.raw.get("SubSelector"))

    @property
    def what(self) -> str:
        """It in words."""
        return f"{word(self.raw.get('QuestionType')) or 'question'} {self.tag}"

    @property
    def display_logic(self) -> Any:
        """When it is shown, on its page or before."""
        return mapping(self.raw.get("DisplayLogic")) or self.raw.get("InPageDisplayLogic")

    @property
    def is_drawn_from(self) -> bool:
        """Whether it takes its choices from another question."""
        return bool(inner(self.raw, "DynamicChoices").get("Locator"))


def family_of(raw: Raw) -> Family:
    """What a question becomes, by its type and selector."""
    kind, selector = word(raw.get("QuestionType")), word(raw.get("Selector"))
    if mapping(raw.get("QuestionTypePluginProperties")).get("ID"):
        return Family.LOST
    several = word(raw.get("SubSelector")) == "MultipleAnswer"
    match kind:
        case "MC":
            several = several or selector.startswith("M")
            found = _MULTIPLE_CHOICE.get(selector, Family.SEVERAL if several else Family.ONE)
        case "Matrix":
            found = _MATRIX.get(selector, Family.MATRIX_SEVERAL if several else Family.MATRIX_ONE)
        case "Slider":
            found = Family.STARS if selector == "STAR" else Family.SLIDERS
        case "CS":
            found = Family.NUMBERS if total_of(raw) is None else Family.SUM
        case "TE" if selector == "FORM":
            found = Family.FORM
        case _:
            found = _SIMPLE.get(kind, Family.LOST)
    return found


def total_of(raw: Raw) -> float | int | None:
    """What the points of a constant sum must add up to; None where nothing says so."""
    settings = inner(raw, "Validation", "Settings")
    total = number(settings.get("ChoiceTotal", settings.get("TotalSum")))
    return total if said(settings.get("Type")) in {"ChoicesTotal", "ChoiceTotal", "TotalSum"} else None


def looked_at(raw: Raw, name: str) -> Asked:
    """A question with the values that stand for its choices, answers and rows."""
    qid = said(raw.get("QuestionID"))
    found = Asked(qid, raw, said(raw.get("DataExportTag")) or qid, name, family_of(raw))
    recoded = mapping(raw.get("RecodeValues"))
    choices, answers = ordered(raw.get("Choices"), None), ordered(raw.get("Answers"), None)
    has_rows = bool(mapping(raw.get("Answers"))) or found.family is Family.SIDE_BY_SIDE
    found.values, found.doubled = _values([key for key, _ in choices], {} if has_rows else recoded)
    found.columns, doubled = _values([key for key, _ in answers], recoded if has_rows else {})
    found.doubled |= doubled
    tags = mapping(raw.get("ChoiceDataExportTags"))
    found.keys = _keys(list(found.values), tags)
    return found


def _values(keys: list[str], recoded: Raw) -> tuple[dict[str, Any], bool]:
    values = {key: _value(recoded.get(key, key)) for key in keys}
    if len({str(value) for value in values.values()}) < len(values):
        return {key: _value(key) for key in keys}, True
    return values, False


def _value(code: Any) -> Any:
    found = number(code)
    return said(code) if found is None else found


def _keys(keys: list[str], tags: Raw) -> dict[str, str]:
    """The names of rows: their export tags where they have any, else their numbers; no two alike."""
    found: dict[str, str] = {}
    for key in keys:
        tag = "".join(letter if letter.isalnum() or letter == "_" else "_" for letter in said(tags.get(key)).strip())
        found[key] = tag if tag and tag not in found.values() else key
    return found


def has_text(choice: Raw) -> bool:
    """Whether something can be written beside a choice."""
    return is_on(choice.get("TextEntry"))
