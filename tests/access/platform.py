"""The platform's own pages."""

from __future__ import annotations

from tests.access.table import EVERYBODY, Row

ROWS = {
    "home": Row(EVERYBODY),
    "search": Row(EVERYBODY),
    "styleguide": Row(EVERYBODY),
    "choose_language": Row(EVERYBODY, post=lambda _: {"language": "en"}, status=302),
    "choose_columns": Row(
        EVERYBODY, kwargs=lambda _: {"listing": "people"}, post=lambda _: {"column": "name"}, status=302
    ),
    "healthz": Row(EVERYBODY, anonymous=200),
    "readyz": Row(EVERYBODY, anonymous=200),
}
