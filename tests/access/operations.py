"""What keeps an installation running."""

from __future__ import annotations

from django.utils import timezone
from django_q.models import Task

from kithkin.platform.models import Event, FailedDelivery
from tests.access.table import ADMINISTRATORS, EVERYBODY, Row
from tests.cast import Cast

EVERYTHING_FAILED = "0123456789abcdef0123456789abcdef"


def failed_job(_: Cast) -> dict[str, object]:
    """A job that failed."""
    now = timezone.now()
    Task.objects.create(
        id=EVERYTHING_FAILED, name="a", func="math.sqrt", args=(4,), started=now, stopped=now, success=False
    )
    return {"pk": EVERYTHING_FAILED}


def failed_delivery(_: Cast) -> dict[str, object]:
    """A delivery that failed."""
    event = Event.objects.create(kind="directory.Nothing")
    return {"pk": FailedDelivery.objects.create(event=event, subscriber="tests.one", error="no").pk}


def posted(_: Cast) -> dict[str, object]:
    """Nothing more is said."""
    return {}


ROWS = {
    "first_start": Row(EVERYBODY, kwargs=lambda _: {"token": "spent"}, status=410, anonymous=410),
    "operations": Row(ADMINISTRATORS),
    "retry_job": Row(ADMINISTRATORS, kwargs=failed_job, post=posted, status=302),
    "forget_job": Row(ADMINISTRATORS, kwargs=failed_job, post=posted, status=302),
    "retry_delivery": Row(ADMINISTRATORS, kwargs=failed_delivery, post=posted, status=302),
    "give_up_delivery": Row(ADMINISTRATORS, kwargs=failed_delivery, post=posted, status=302),
}
