"""Of what the platform tells people, and what keeps the mail going."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from kithkin.platform.events import subscribe
from kithkin.platform.imports.facts import ImportChecked, ImportDone, ImportStopped
from kithkin.platform.jobs import JobGivenUp, Scheduled, schedules
from kithkin.platform.receivers import (
    given_up,  # noqa: F401 (importing it is what connects it)
    notifications,
)
from kithkin.platform.registries.notifications import topics
from kithkin.platform.topics.imports import IMPORTS
from kithkin.platform.topics.jobs import JOBS

topics.add(IMPORTS, JOBS)
subscribe(ImportChecked, "platform.tell_of_check", notifications.tell_of_check)
subscribe(ImportDone, "platform.tell_of_import", notifications.tell_of_import)
subscribe(ImportStopped, "platform.tell_of_stop", notifications.tell_of_stop)
subscribe(JobGivenUp, "platform.tell_of_job", notifications.tell_of_job)
schedules.add(
    Scheduled(
        gettext_noop("Notifications: mail what is due"),
        "kithkin.platform.services.mailing.mail_what_is_due",
        "*/5 * * * *",
    ),
    Scheduled(
        gettext_noop("Notifications: forget old ones"),
        "kithkin.platform.services.notifications.forget_old_notifications",
        "50 2 * * *",
    ),
)
