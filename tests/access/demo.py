"""The page of the simulated company."""

from __future__ import annotations

from tests.access.table import ADMINISTRATORS, Row

ROWS = {"remove_simulated": Row(allowed=ADMINISTRATORS, status=404)}
"""The cast's company is not a simulated one."""
