"""What the audit trail follows of this room."""

from __future__ import annotations

from kithkin.platform import audit
from kithkin.servicedesk.models import Queue

audit.watch(Queue, without=["brought"])
