"""The doors: questionnaires of other tools come in, and ours go out; what does not come along is told.

`read` tells the format by the content. Every element of the file is kept, approximated or lost, and the report says
which, where and why.
"""

from kithkin.questionnaire.formats.doors import FORMATS, check_asks, format_of, read, readable, writable, write
from kithkin.questionnaire.formats.errors import FormatError, NothingAsked
from kithkin.questionnaire.formats.format import Exported, Format, Imported
from kithkin.questionnaire.formats.losses import Kind, Loss, Losses, LossReport

__all__ = [
    "FORMATS",
    "Exported",
    "Format",
    "FormatError",
    "Imported",
    "Kind",
    "Loss",
    "LossReport",
    "Losses",
    "NothingAsked",
    "check_asks",
    "format_of",
    "read",
    "readable",
    "writable",
    "write",
]
