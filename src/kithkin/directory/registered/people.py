"""What people and accounts bring to the registries."""

from __future__ import annotations

from kithkin.directory.models import Account, AttributeDefinition, Membership, Partner, Person, Purchase, Tie
from kithkin.platform import audit
from kithkin.platform.jobs import Scheduled, schedules

audit.watch(
    Person,
    without=["attributes", "attribute_dates", "name_folded", "email_normal", "phone_normal", "erasure_key"],
)
audit.watch(Account, without=["name_folded"])
for model in (Partner, Tie, Membership, Purchase, AttributeDefinition):
    audit.watch(model)

schedules.add(
    Scheduled("Old attribute values go", "kithkin.directory.tasks.people.clear_old_values", "17 2 * * *"),
)
