"""What the audit trail follows of this room: programs and waves, never a response."""

from __future__ import annotations

from kithkin.platform import audit
from kithkin.surveys.models import Program, Wave

audit.watch(Program)
audit.watch(Wave)
