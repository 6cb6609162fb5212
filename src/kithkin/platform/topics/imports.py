"""What came of a file that somebody brought."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kithkin.platform.imports.tally import Tally
from kithkin.platform.models import Import, ImportState, Notification, User
from kithkin.platform.queries.imports import imports_visible_to
from kithkin.platform.registries.notifications import Frequency, Told, Topic
from kithkin.platform.rules.imports import may_import

CHECKED, DONE, STOPPED = "checked", "done", "stopped"


def tell(user: User, told: Sequence[Notification]) -> dict[int, Told]:
    """As the import stands now: what it was before is not counted any more."""
    found = imports_visible_to(user).in_bulk({one.facts["import"] for one in told})
    return {one.pk: _of(one, found[one.facts["import"]]) for one in told if one.facts["import"] in found}


def _of(one: Notification, brought: Import) -> Told:
    address = reverse("import_page", args=[brought.pk])
    if one.facts["what"] == STOPPED:
        stopped = bool(brought.failure)
        said = _("“%(name)s” has stopped: %(why)s") if stopped else _("“%(name)s” had stopped, and goes on")
        return Told(said % {"name": brought.name, "why": brought.failure}, address, still=stopped)
    checked = one.facts["what"] == CHECKED
    still = brought.state == (ImportState.CHECKED if checked else ImportState.DONE)
    if not still:
        return Told(_("“%(name)s” has gone on since") % {"name": brought.name}, address, still=False)
    tally = Tally.kept(brought.counts.get("check" if checked else "run", {}))
    return Told(_sentence(brought.name, tally, checked=checked), address)


def _sentence(name: str, tally: Tally, *, checked: bool) -> str:
    n = tally.refused
    if checked:
        said = ngettext(
            "“%(name)s” is checked: %(n)d line is refused", "“%(name)s” is checked: %(n)d lines are refused", n
        )
    elif n:
        said = ngettext(
            "“%(name)s” has come in, but for %(n)d line that was refused",
            "“%(name)s” has come in, but for %(n)d lines that were refused",
            n,
        )
    else:
        said = _("“%(name)s” has come in, no line was refused")
    return said % {"name": name, "n": n}


IMPORTS = Topic(
    "imports",
    gettext_lazy("A file that I import has come in, has stopped, or has lines that are refused"),
    Frequency.NOW,
    concerns=may_import,
    position=40,
    tell=tell,
)
