"""What a service, a touchpoint, an audience or a partner is to the company, in one sentence made of its relations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.directory.models import Audience, Partner, Service, Touchpoint
from kithkin.directory.queries.catalogue import Thing
from kithkin.directory.queries.relations import Relation

MOST_NAMED = 3


def said_of_thing(thing: Thing, relations: Sequence[Relation]) -> str:
    """Who does it for whom, who meets whom there; its bare name while no relation is made of it."""
    if not relations:
        return thing.name
    names = {
        "name": thing.name,
        "who": _listed(one.provider.name for one in relations),
        "whom": _listed(one.receiver.name for one in relations),
    }
    if isinstance(thing, Service | Touchpoint):
        return _("%(name)s: %(who)s for %(whom)s") % names
    if isinstance(thing, Audience):
        return _("%(name)s: served by %(who)s") % names
    assert isinstance(thing, Partner)
    serves = [one for one in relations if one.provider.key == f"partner-{thing.pk}"]
    names["whom"] = _listed(one.receiver.name for one in serves)
    return (_("%(name)s: serves %(whom)s") if serves else _("%(name)s: served by %(who)s")) % names


def _listed(names: Iterable[str]) -> str:
    """The first few, each once, and how many more there are."""
    found = list(dict.fromkeys(names))
    if len(found) > MOST_NAMED:
        more = len(found) - MOST_NAMED + 1
        found = [*found[: MOST_NAMED - 1], ngettext("%(n)d more", "%(n)d more", more) % {"n": more}]
    return get_text_list(found, _("and"))
