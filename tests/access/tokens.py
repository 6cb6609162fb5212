"""Tokens and the API's reference."""

from __future__ import annotations

from django.utils import timezone

from kithkin.platform.models import Token
from tests.access.table import ADMINISTRATORS, EVERYBODY, Row
from tests.cast import Cast


def bobs_token(cast: Cast) -> dict[str, int]:
    token = Token.objects.create(
        user=cast.bob, name="Bob's own", start="kk_bobs", digest="0" * 64, ends_at=timezone.now()
    )
    return {"pk": token.pk}


def tokens_page(cast: Cast) -> dict[str, int]:
    bobs_token(cast)
    return {}


ROWS = {
    "tokens": Row(EVERYBODY, kwargs=tokens_page, sees=lambda _: {"kk_bobs": frozenset({"bob"})}),
    "add_token": Row(EVERYBODY),
    "add_service_token": Row(ADMINISTRATORS),
    "end_token": Row(frozenset({"bob"}), kwargs=bobs_token, post=lambda _: {}, status=302, otherwise=404),
    "api_reference": Row(EVERYBODY),
}
