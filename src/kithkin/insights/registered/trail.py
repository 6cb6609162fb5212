"""What the audit trail follows of this room."""

from __future__ import annotations

from kithkin.insights.models import OutcomeMeasure, SavedView
from kithkin.platform import audit

audit.watch(OutcomeMeasure)
audit.watch(SavedView)
