"""What the directory keeps."""

from kithkin.directory.models.accounts import Account, Partner, PartnerKind
from kithkin.directory.models.attributes import AttributeDefinition, AttributeGroup, AttributeKind, Sensitivity
from kithkin.directory.models.consent import Consent, LawfulBasis, Purpose
from kithkin.directory.models.duplicates import DistinctPair, Merge
from kithkin.directory.models.erasures import Erasure
from kithkin.directory.models.journeys import Journey, Stage, StageTouchpoint
from kithkin.directory.models.needs import Evidence, Need, NeedState
from kithkin.directory.models.organisation import (
    Succession,
    SuccessionKind,
    Unit,
    UnitChange,
    UnitChangeKind,
    UnitKind,
    UnitPeriod,
)
from kithkin.directory.models.people import Membership, MembershipKind, Person, Purchase, Side, Tie, TieKind
from kithkin.directory.models.proposals import Proposal, ProposalState
from kithkin.directory.models.relations import (
    Audience,
    RelationRole,
    RelationSide,
    Service,
    ServiceLink,
    Touchpoint,
)
from kithkin.directory.models.segments import Segment, SegmentMember, SegmentUse
from kithkin.directory.models.stakeholders import Stakeholder, StakeholderGroup

__all__ = [
    "Account",
    "AttributeDefinition",
    "AttributeGroup",
    "AttributeKind",
    "Audience",
    "Consent",
    "DistinctPair",
    "Erasure",
    "Evidence",
    "Journey",
    "LawfulBasis",
    "Membership",
    "MembershipKind",
    "Merge",
    "Need",
    "NeedState",
    "Partner",
    "PartnerKind",
    "Person",
    "Proposal",
    "ProposalState",
    "Purchase",
    "Purpose",
    "RelationRole",
    "RelationSide",
    "Segment",
    "SegmentMember",
    "SegmentUse",
    "Sensitivity",
    "Service",
    "ServiceLink",
    "Side",
    "Stage",
    "StageTouchpoint",
    "Stakeholder",
    "StakeholderGroup",
    "Succession",
    "SuccessionKind",
    "Tie",
    "TieKind",
    "Touchpoint",
    "Unit",
    "UnitChange",
    "UnitChangeKind",
    "UnitKind",
    "UnitPeriod",
]
