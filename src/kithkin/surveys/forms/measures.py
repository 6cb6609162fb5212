"""The scores that a question can belong to, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kithkin.questionnaire.model.ours import Measure

MEASURES: dict[str, str | Promise] = {
    Measure.NPS.value: _("NPS: would they recommend us"),
    Measure.CSAT.value: _("CSAT: how satisfied they are"),
    Measure.CES.value: _("CES: how easy it was"),
    Measure.INPS.value: _("iNPS: would inside customers recommend the department"),
    Measure.ENPS.value: _("eNPS: would they recommend the employer"),
    Measure.ENGAGEMENT.value: _("engagement"),
    Measure.SERVICE.value: _("internal service"),
}


def words_of(measure: str) -> str:
    """As people say it, "NPS"; unknown ones by themselves."""
    return str(MEASURES.get(measure, measure)).partition(":")[0]
