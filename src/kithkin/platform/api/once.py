"""A request that may come twice is done once: the header `Idempotency-Key` names it, for a day."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema, Status
from ninja.operation import Operation as Described
from ninja.responses import NinjaJSONEncoder

from kithkin.platform.api.access import asker
from kithkin.platform.api.problems import Refused
from kithkin.platform.models import IdempotentAnswer

KEPT = timedelta(days=1)
LONGEST = 200
HEADER = "Idempotency-Key"
P = ParamSpec("P")
Operation = Callable[Concatenate[HttpRequest, P], Status]


def once(operation: Operation[P]) -> Callable[..., Any]:
    """For an operation that makes something and returns Status(201, schema).

    With the header, the answer is written in the operation's own transaction: either both are there or neither, and
    of two requests at one time the second waits for the first. The same key of the same user again gets the same
    answer; with another request it is refused.
    """

    @wraps(operation)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Any:
        key = request.headers.get(HEADER, "")
        if not key:
            return operation(request, *args, **kwargs)
        if len(key) > LONGEST or not key.isprintable():
            raise Refused(422, "bad-idempotency-key", _("An Idempotency-Key has 200 printable characters at most."))
        user, digest = asker(request), _digest(request)
        earlier = IdempotentAnswer.objects.filter(user=user, key=key)
        try:
            with transaction.atomic():
                if known := earlier.first():
                    return _again(known, digest)
                claim = IdempotentAnswer.objects.create(user=user, key=key, request=digest)
                done = operation(request, *args, **kwargs)
                assert isinstance(done.value, Schema)
                claim.status, claim.answer = done.status_code, _as_sent(done.value)
                claim.save(update_fields=["status", "answer"])
                return done
        except IntegrityError:
            if (faster := earlier.first()) is None:
                raise
            return _again(faster, digest)

    wrapped.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
    wrapped._ninja_contribute_to_operation = [_describe]  # type: ignore[attr-defined]  # noqa: SLF001
    return wrapped


def forget_old_answers() -> int:
    """Delete the answers of yesterday and before; how many."""
    gone, _counts = IdempotentAnswer.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return gone


def forget_what_was_answered() -> None:
    """Keep the keys and forget the answers, in which an erased person may stand: nothing is done twice all the same."""
    IdempotentAnswer.objects.filter(answer__isnull=False).update(answer=None)


def _again(earlier: IdempotentAnswer, digest: str) -> HttpResponse:
    if earlier.request != digest:
        raise Refused(422, "idempotency-key-reused", _("This Idempotency-Key was used for another request."))
    if earlier.answer is None:
        raise Refused(409, "answer-forgotten", _("This was done before; what was answered is kept no longer."))
    response = JsonResponse(earlier.answer, status=earlier.status)
    response.headers["Idempotent-Replayed"] = "true"
    return response


def _as_sent(answer: Schema) -> Any:
    """As ninja writes it, to the last digit of a time."""
    return json.loads(json.dumps(answer.model_dump(), cls=NinjaJSONEncoder))


def _digest(request: HttpRequest) -> str:
    parts = [str(request.method), request.get_full_path(), ""]
    return hashlib.sha256("\n".join(parts).encode() + request.body).hexdigest()


def _describe(operation: Described) -> None:
    header = {
        "in": "header",
        "name": HEADER,
        "required": False,
        "schema": {"type": "string", "maxLength": LONGEST},
        "description": "Any text of yours: sent again within a day, the request is done once and answered alike.",
    }
    operation.openapi_extra = {**(operation.openapi_extra or {}), "parameters": [header]}
