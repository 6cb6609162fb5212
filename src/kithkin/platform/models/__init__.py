"""What the platform keeps."""

from kithkin.platform.models.audit import AuditEntry
from kithkin.platform.models.events import Event, FailedDelivery
from kithkin.platform.models.facts import FactChange
from kithkin.platform.models.grants import Role, RoleGrant
from kithkin.platform.models.imports import WORKING, Import, ImportRow, ImportState, RowAction
from kithkin.platform.models.invitations import Invitation
from kithkin.platform.models.notifications import Notification
from kithkin.platform.models.operations import FirstStart, Heartbeat, JobStart
from kithkin.platform.models.tokens import IdempotentAnswer, Token
from kithkin.platform.models.users import User
from kithkin.platform.models.versioned import ChangedMeanwhile, GoneMeanwhile, Versioned

__all__ = [
    "WORKING",
    "AuditEntry",
    "ChangedMeanwhile",
    "Event",
    "FactChange",
    "FailedDelivery",
    "FirstStart",
    "GoneMeanwhile",
    "Heartbeat",
    "IdempotentAnswer",
    "Import",
    "ImportRow",
    "ImportState",
    "Invitation",
    "JobStart",
    "Notification",
    "Role",
    "RoleGrant",
    "RowAction",
    "Token",
    "User",
    "Versioned",
]
