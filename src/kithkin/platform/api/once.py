"""A request that may come twice is done once: the header `Idempotency-Key` names it, for a day."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema

from kithkin.platform.api.problems import Refused
from kithkin.platform.models import IdempotentAnswer, User

KEPT = timedelta(days=1)
LONGEST = 200
P = ParamSpec("P")
Operation = Callable[Concatenate[HttpRequest, P], tuple[int, Schema]]


def once(operation: Operation[P]) -> Callable[..., Any]:
    """For an operation that makes something and returns (status, schema).

    With the header, the answer is written in the operation's own transaction: either both are there or
    neither. The same key again gets the same answer; with another request it is refused.
    """

    @wraps(operation)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Any:
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            return operation(request, *args, **kwargs)
        if len(key) > LONGEST or not key.isprintable():
            raise Refused(400, "bad-idempotency-key", _("An Idempotency-Key has 200 printable characters at most."))
        assert isinstance(request.user, User)
        digest = _digest(request)
        try:
            with transaction.atomic():
                claim = IdempotentAnswer.objects.create(user=request.user, key=key, request=digest)
                status, made = operation(request, *args, **kwargs)
                claim.status, claim.answer = status, made.model_dump(mode="json")
                claim.save(update_fields=["status", "answer"])
                return status, made
        except IntegrityError:
            earlier = IdempotentAnswer.objects.filter(user=request.user, key=key).first()
            if earlier is None:
                raise
            return _again(earlier, digest)

    return wrapped


def forget_old_answers() -> int:
    """Delete the answers of yesterday and before; how many."""
    gone, _counts = IdempotentAnswer.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone


def _again(earlier: IdempotentAnswer, digest: str) -> HttpResponse:
    if earlier.request != digest:
        raise Refused(422, "idempotency-key-reused", _("This Idempotency-Key was used for another request."))
    response = JsonResponse(earlier.answer, status=earlier.status)
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _digest(request: HttpRequest) -> str:
    parts = [str(request.method), request.get_full_path(), ""]
    return hashlib.sha256("\n".join(parts).encode() + request.body).hexdigest()
