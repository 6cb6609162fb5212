"""Who may open what of insights."""

from __future__ import annotations

from tests.access.table import ANALYSTS, Row

READERS = ANALYSTS | {"dora", "donald"}
ROWS = {
    "scores": Row(allowed=READERS),
    "drivers": Row(allowed=READERS),
    "weak_link": Row(allowed=READERS),
    "study_links": Row(allowed=ANALYSTS, post=lambda _cast: {}, status=302),
    "chain": Row(allowed=READERS),
    "study_chain": Row(allowed=ANALYSTS, post=lambda _cast: {}, status=302),
}
