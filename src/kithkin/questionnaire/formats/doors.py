"""All the doors: which formats there are, and how a file is told to be of one."""

from __future__ import annotations

import codecs
from pathlib import Path

from kithkin.questionnaire.errors import QuestionnaireError
from kithkin.questionnaire.formats.errors import FormatError, NothingAsked
from kithkin.questionnaire.formats.format import Exported, Format, Imported
from kithkin.questionnaire.formats.limesurvey import LIMESURVEY, LIMESURVEY_TEXT
from kithkin.questionnaire.formats.losses import Kind, Losses
from kithkin.questionnaire.formats.opening import Opened
from kithkin.questionnaire.formats.own import OWN
from kithkin.questionnaire.formats.paper import HTML
from kithkin.questionnaire.formats.qualtrics import QUALTRICS
from kithkin.questionnaire.formats.surveyjs import SURVEYJS
from kithkin.questionnaire.formats.xlsform import XLSFORM
from kithkin.questionnaire.questionnaire import Questionnaire

_DOORS = (
    OWN,
    SURVEYJS,
    QUALTRICS,
    LIMESURVEY,
    LIMESURVEY_TEXT,
    XLSFORM,
    HTML,
)
_SAID = 3
_OLDER_WORKBOOK = bytes.fromhex("d0cf11e0a1b11ae1")
FORMATS: dict[str, Format] = {each.name: each for each in _DOORS}


def read(source: str | Path | bytes | bytearray, format: str | None = None) -> Imported:  # noqa: A002 (its name in the design)
    """Read a questionnaire from a file's path or from its bytes, whatever its format.

    The format is told by the content, unless one is named. Raises FormatError for what is no questionnaire, and
    OSError where the file cannot be opened.

    >>> read(b'{"elements": [{"type": "rating", "name": "nps"}]}').format
    'surveyjs'
    """
    opened = Opened.of(source)
    door = _named(format, reading=True) if format else _told(opened)
    assert door.read is not None
    losses = Losses()
    try:
        questionnaire = Questionnaire.from_json(door.read(opened, losses))
    except FormatError:
        raise
    except QuestionnaireError as error:
        raise FormatError(error.where, error.what, error.advice) from None
    except (RecursionError, MemoryError):
        raise FormatError("", "The file is nested too deep or too large.", "Divide the questionnaire.") from None
    return Imported(questionnaire, losses.report(), door.name)


def format_of(source: str | Path | bytes | bytearray) -> Format:
    """Which format a file is of, by its content. Raises as `read` does where none is told by it.

    >>> format_of(b'{"SurveyEntry": {}, "SurveyElements": []}').label
    'Qualtrics QSF'
    """
    return _told(Opened.of(source))


def check_asks(imported: Imported) -> None:
    """Refuse a file without a question, which nobody means to bring along. Raises NothingAsked with what was lost."""
    if next(imported.questionnaire.questions(inside=True), None) is not None:
        return
    lost = dict.fromkeys(f"{loss.what}: {loss.reason.rstrip('.')}." for loss in imported.losses.of(Kind.LOST))
    if not lost:
        raise NothingAsked("", "There is no question in it.", "Export the questionnaire anew, with its questions.")
    more = f" And {len(lost) - _SAID} more." if len(lost) > _SAID else ""
    raise NothingAsked("", "No question in it could be read.", " ".join([*lost][:_SAID]) + more)


def write(questionnaire: Questionnaire, format: str = OWN.name) -> Exported:  # noqa: A002
    """Write a questionnaire in a format, and say what does not fit into it."""
    door = _named(format, reading=False)
    assert door.write is not None
    losses = Losses()
    content = door.write(questionnaire, losses)
    return Exported(content, losses.report(), door.name)


def readable() -> tuple[str, ...]:
    """The names of the formats that can be read."""
    return tuple(name for name, door in FORMATS.items() if door.read)


def writable() -> tuple[str, ...]:
    """The names of the formats that can be written."""
    return tuple(name for name, door in FORMATS.items() if door.write)


def _named(name: str, *, reading: bool) -> Format:
    known = readable() if reading else writable()
    if name not in known:
        what = f"No questionnaire can be {'read from' if reading else 'written as'} {name[:40]!r}."
        raise FormatError("", what, f"Take one of: {', '.join(known)}.")
    return FORMATS[name]


def _told(opened: Opened) -> Format:
    for door in FORMATS.values():
        if door.read and door.recognises(opened):
            return door
    if opened.content.startswith(_OLDER_WORKBOOK):
        raise FormatError(
            "", "This is a workbook of an older kind (.xls).", "Save it as .xlsx in a spreadsheet program."
        )
    if opened.content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FormatError("", "This is text in UTF-16.", "Save it as UTF-8.")
    labels = ", ".join(door.label for door in FORMATS.values() if door.read)
    raise FormatError("", "This is no questionnaire in a format that is known here.", f"These are read: {labels}.")
