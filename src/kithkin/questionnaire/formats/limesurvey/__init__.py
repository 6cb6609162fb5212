"""LimeSurvey: surveys, groups and questions as XML (LSS, LSG, LSQ), and the structure as tab-separated text."""

from __future__ import annotations

from typing import Any

from kithkin.questionnaire.formats.format import Format
from kithkin.questionnaire.formats.limesurvey import tsv, xml
from kithkin.questionnaire.formats.limesurvey.building import Building
from kithkin.questionnaire.formats.limesurvey.table import TABLES
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.opening import Opened


def _is_xml(opened: Opened) -> bool:
    return opened.head.startswith(b"<") and b"<LimeSurveyDocType>" in opened.content[:4096]


def _read_xml(opened: Opened, losses: Losses) -> dict[str, Any]:
    return Building(xml.survey(opened.xml), losses).document()


def _read_text(opened: Opened, losses: Losses) -> dict[str, Any]:
    return Building(tsv.survey(opened.text, losses), losses).document()


LIMESURVEY = Format("limesurvey", "LimeSurvey (.lss, .lsg, .lsq)", _is_xml, _read_xml, tables=TABLES)
LIMESURVEY_TEXT = Format("limesurvey-text", "LimeSurvey's tab-separated text (.txt)", tsv.is_structure, _read_text)
