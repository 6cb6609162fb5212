"""XLSForm: forms in workbooks, as ODK, KoboToolbox, SurveyCTO and others write and read them."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.format import Format
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.opening import Opened
from kithkin.questionnaire.formats.xlsform.reading import Reading
from kithkin.questionnaire.formats.xlsform.table import TABLES
from kithkin.questionnaire.formats.xlsform.workbook import is_workbook, sheets
from kithkin.questionnaire.formats.xlsform.writing import written


def _read(opened: Opened, losses: Losses) -> dict[str, Any]:
    return Reading(sheets(opened, losses), losses).document()


XLSFORM = Format("xlsform", "XLSForm (.xlsx)", is_workbook, _read, written, TABLES)
