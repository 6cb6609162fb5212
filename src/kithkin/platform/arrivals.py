"""What imports bring to the frame: the way in, what waits at home, and the schedules."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from kithkin.platform.jobs import Scheduled, schedules
from kithkin.platform.models import ImportState, User
from kithkin.platform.queries.imports import waiting_for
from kithkin.platform.registries.home import Waiting, WaitingSource, waiting
from kithkin.platform.registries.navigation import Entry, Verb, navigation
from kithkin.platform.rules.imports import may_import
from kithkin.platform.views.imports.shown import outcome

_SERVICES = "kithkin.platform.services.imports"


def _waiting(user: User) -> Sequence[Waiting]:
    if not may_import(user):
        return ()
    titles = {
        ImportState.MATCHING: _("Match the columns of “%(name)s”"),
        ImportState.CHECKED: _("“%(name)s” is checked and can come in"),
        ImportState.CHECKING: _("“%(name)s” is being checked"),
        ImportState.RUNNING: _("“%(name)s” is coming in"),
        ImportState.UNDOING: _("“%(name)s” is being taken back"),
    }
    stopped = _("“%(name)s” has stopped")
    return [
        Waiting(
            (stopped if one.failure else titles.get(ImportState(one.state), stopped)) % {"name": one.name},
            outcome(one),
            reverse("import_page", args=[one.pk]),
        )
        for one in waiting_for(user)
    ]


navigation.add(Entry(Verb.PEOPLE, gettext_lazy("Import"), "imports", may_import, position=800))
waiting.add(WaitingSource(_waiting, position=60))
schedules.add(
    Scheduled(gettext_noop("Imports: forget old files"), f"{_SERVICES}.forgetting.forget_old_imports", "20 2 * * *"),
    Scheduled(
        gettext_noop("Imports: pick up what stalled"), f"{_SERVICES}.working.resume_stalled_imports", "*/5 * * * *"
    ),
)
