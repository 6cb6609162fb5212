"""The body of a request: one JSON document in UTF-8, that says everything once."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from kithkin.platform.api.problems import Refused


class Strict(Parser):
    """Refuses what other readers of JSON would read otherwise: another encoding, a name twice, NaN."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The document."""
        if request.content_type != "application/json":
            raise Refused(415, "not-json", _("Send JSON, with Content-Type: application/json."))
        try:
            return json.loads(request.body.decode(), object_pairs_hook=_once_each, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise Refused(400, "bad-json", _("The body is no JSON in UTF-8.")) from error


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Refused(400, "name-twice", _("A name stands twice in one object of the body."))
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
