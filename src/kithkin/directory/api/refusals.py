"""How programs are told that something cannot be done: a row for each exception that the directory's services raise.

409 where something stands in the way that somebody else wrote, 422 where what was sent cannot be so at all.
"""

from __future__ import annotations

from collections.abc import Mapping

from kithkin.directory.organisation import refusals as organisation
from kithkin.directory.segmentation.refusals import RuleRefused
from kithkin.directory.services.accounts import AccountNumberTaken
from kithkin.directory.services.attributes import AttributeRetired
from kithkin.directory.services.catalogue import NameTaken, StillInUse
from kithkin.directory.services.definitions import AttributeInUse
from kithkin.directory.services.journeys.drawing import JourneyNameTaken
from kithkin.directory.services.journeys.stages import StageNameTaken
from kithkin.directory.services.memberships import (
    AlreadyThere,
    EndsBeforeItBegins,
    NotAtThatTime,
    ReportsToThemselves,
)
from kithkin.directory.services.needs import AnswerIncomplete
from kithkin.directory.services.people import NumberTaken
from kithkin.directory.services.proposals import AlreadyDecided
from kithkin.directory.services.purchases import PurchaseNumberTaken
from kithkin.directory.services.relations import AlreadyServed, RelationRefused
from kithkin.directory.services.segments import SegmentInUse, SegmentNameTaken
from kithkin.directory.services.stakeholders import StakeholderNameTaken
from kithkin.directory.services.ties import AlreadyTied, TiedToNobody, TieEndsBeforeItBegins
from kithkin.directory.values import ValueNotAllowed
from kithkin.platform.registries.api import Refusal

REFUSALS: Mapping[type[Exception], Refusal] = {
    NumberTaken: Refusal(409, "number-taken"),
    AccountNumberTaken: Refusal(409, "account-number-taken"),
    PurchaseNumberTaken: Refusal(409, "purchase-number-taken"),
    NameTaken: Refusal(409, "name-taken"),
    JourneyNameTaken: Refusal(409, "name-taken"),
    StageNameTaken: Refusal(409, "name-taken"),
    SegmentNameTaken: Refusal(409, "name-taken"),
    StakeholderNameTaken: Refusal(409, "name-taken"),
    SegmentInUse: Refusal(409, "segment-in-use"),
    AlreadyTied: Refusal(409, "already-tied"),
    TiedToNobody: Refusal(422, "tied-to-nobody"),
    TieEndsBeforeItBegins: Refusal(422, "ends-before-it-begins"),
    AlreadyThere: Refusal(409, "already-there"),
    EndsBeforeItBegins: Refusal(422, "ends-before-it-begins"),
    NotAtThatTime: Refusal(409, "not-at-that-time"),
    ReportsToThemselves: Refusal(422, "reports-to-themselves"),
    AttributeRetired: Refusal(409, "attribute-retired"),
    AttributeInUse: Refusal(409, "attribute-in-use"),
    ValueNotAllowed: Refusal(422, "value-not-allowed"),
    AlreadyServed: Refusal(409, "already-served"),
    RelationRefused: Refusal(422, "relation-refused"),
    AlreadyDecided: Refusal(409, "already-decided"),
    AnswerIncomplete: Refusal(422, "answer-incomplete"),
    StillInUse: Refusal(409, "still-in-use"),
    RuleRefused: Refusal(422, "rule-refused"),
    organisation.Refused: Refusal(409, "organisation-refused"),
    organisation.NotOpen: Refusal(409, "unit-not-open"),
    organisation.ClosesLater: Refusal(409, "unit-closes-later"),
    organisation.Below: Refusal(409, "unit-below-itself"),
    organisation.Orphaned: Refusal(409, "unit-orphaned"),
    organisation.HasChildren: Refusal(409, "unit-has-children"),
    organisation.HasMembers: Refusal(409, "unit-has-members"),
    organisation.NothingChanges: Refusal(409, "nothing-changes"),
    organisation.CodeTaken: Refusal(409, "code-taken"),
    organisation.ChangedSince: Refusal(409, "changed-since"),
    organisation.InUse: Refusal(409, "unit-in-use"),
    organisation.NotPlanned: Refusal(409, "not-planned"),
    organisation.NoParts: Refusal(422, "no-parts"),
}
