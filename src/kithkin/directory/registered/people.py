"""What people and accounts bring to the registries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from kithkin.directory.models import Account, AttributeDefinition, Membership, Partner, Person, Purchase, Tie
from kithkin.directory.queries import moments
from kithkin.directory.queries.finding import find_accounts, find_people
from kithkin.directory.rules.accounts import can_see_accounts
from kithkin.directory.rules.attributes import can_define_attributes
from kithkin.platform import audit
from kithkin.platform.access import anybody
from kithkin.platform.jobs import Scheduled, schedules
from kithkin.platform.registries.navigation import Entry, ReaderLink, Verb, navigation, reader_links
from kithkin.platform.registries.search import Finder, finders
from kithkin.platform.registries.timeline import TimelineSource, timeline

audit.watch(
    Person,
    without=["attributes", "attribute_dates", "name_folded", "email_normal", "phone_normal", "erasure_key"],
)
audit.watch(Account, without=["name_folded"])
for model in (Partner, Tie, Membership, Purchase, AttributeDefinition):
    audit.watch(model)

schedules.add(
    Scheduled(
        gettext_noop("Attributes: clear old values"), "kithkin.directory.tasks.people.clear_old_values", "17 2 * * *"
    ),
)

navigation.add(
    Entry(Verb.PEOPLE, _("People"), "people", anybody, position=10),
    Entry(Verb.PEOPLE, _("Accounts"), "accounts", can_see_accounts, position=20),
    Entry(Verb.SETTINGS, _("Attributes"), "attributes", can_define_attributes, position=40),
)
reader_links.add(ReaderLink(_("My page in the directory"), "my_profile"))
finders.add(
    Finder(_("People"), find_people, position=10),
    Finder(_("Accounts"), find_accounts, position=20),
)
timeline.add(
    TimelineSource(moments.purchases, position=10),
    TimelineSource(moments.work, position=20),
    TimelineSource(moments.ties, position=30),
)
