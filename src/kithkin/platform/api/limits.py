"""How often a program may ask: by user, whatever token they come with, never by the address of an office."""

from __future__ import annotations

import re
import time

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from kithkin.platform.api.problems import Refused
from kithkin.platform.models import User

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_RATE = re.compile(r"(\d{1,9})/([smhd])")


def count_request(user: User) -> None:
    """Count one more request of the user in this window of time; refused once there were `KITHKIN_API_RATE`.

    The windows follow one another by the clock, so that one number in the cache is all that is kept. Two requests in
    the same instant may count as one: the limit protects the machine, it is no turnstile.
    """
    most, seconds = rate(settings.API_RATE)
    now = time.time()
    window = int(now // seconds)
    key = f"api-rate-{user.pk}-{window}"
    count = int(cache.get(key, 0))
    if count >= most:
        wait = max(1, round((window + 1) * seconds - now))
        said = _("More than %(most)d requests in this time. Try again in %(wait)d s.") % {"most": most, "wait": wait}
        raise Refused(429, "too-many-requests", said, headers={"Retry-After": str(wait)})
    cache.set(key, count + 1, seconds)


def rate(text: str) -> tuple[int, int]:
    """ "600/m" → 600 requests in 60 seconds."""
    found = _RATE.fullmatch(text.strip())
    if found is None or not int(found[1]):
        raise ImproperlyConfigured(
            _("KITHKIN_API_RATE is “%(text)s”; write it like 600/m (s, m, h or d).") % {"text": text}
        )
    return int(found[1]), _SECONDS[found[2]]
