"""What the audit trail follows of this room."""

from __future__ import annotations

from kithkin.forms.models import Questionnaire
from kithkin.platform import audit

audit.watch(Questionnaire)
