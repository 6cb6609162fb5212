"""What a page says where a question was stopped or too large, or the warehouse cannot be read: never an error page."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kithkin.analysis.errors import AnalysisError, Degenerate, EmptyInput, NotEnoughData
from kithkin.insights.asking import CannotAnswer
from kithkin.insights.engines import Cancelled, TooLarge
from kithkin.insights.warehouse.failures import WarehouseError
from kithkin.platform.access import is_administrator
from kithkin.platform.models import User

UNANSWERED = (CannotAnswer, AnalysisError, Cancelled, WarehouseError)
"""All that may come instead of an answer."""


def said_of(error: Exception, user: User) -> str:
    """Why there is no answer, and what to do; what is wrong with the installation is told to its administrators."""
    if isinstance(error, Cancelled):
        return _("This question was stopped. Ask for less, or ask it again.")
    if isinstance(error, TooLarge):
        return _("This question is too large to be answered. Ask for fewer groups, or for fewer months.")
    if isinstance(error, WarehouseError):
        if is_administrator(user):
            return _("The figures cannot be read: %(why)s") % {"why": error}
        return _("The figures cannot be read at the moment. Try again later, or tell your administrator.")
    if isinstance(error, AnalysisError):
        return _said_of_analysis(error)
    return str(error)


def _said_of_analysis(error: AnalysisError) -> str:
    """The mathematics says it in English, in figures, to whoever calls it; a page says it to people."""
    if isinstance(error, EmptyInput | NotEnoughData):
        return _("Too few people answered all of this to tell. Choose more months, or fewer drivers.")
    if isinstance(error, Degenerate):
        return _("Some of this was answered alike by everybody, or says the same as something else. Choose otherwise.")
    return str(error)


def status_of(error: Exception) -> int:
    """422 for what the asker can change, 503 for what they cannot."""
    cannot = isinstance(error, WarehouseError) and not isinstance(error, TooLarge)
    return 503 if cannot else 422
