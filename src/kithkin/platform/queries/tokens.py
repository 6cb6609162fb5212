"""Tokens, as far as somebody may see them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from kithkin.platform.access import is_administrator
from kithkin.platform.models import Token, User


def tokens_visible_to(user: User) -> QuerySet[Token]:
    """One's own; an administrator also sees those of services. The latest first."""
    seen = Q(user=user) | Q(is_service=True) if is_administrator(user) else Q(user=user)
    return Token.objects.filter(seen).select_related("user").order_by("-pk")
