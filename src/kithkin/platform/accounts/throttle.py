"""Wrong passwords are counted, so that nobody can guess for long, and so that guessing locks nobody out.

For an address they count per network, and more slowly over all networks together; for a network, over all addresses.
In a browser that is known for the address, and in a session of its own, they count for that browser alone. How many are
too many stands in the settings, at `ACCOUNT_RATE_LIMITS`.
"""

from __future__ import annotations

import ipaddress

from allauth.account.adapter import get_adapter
from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.http import HttpRequest

from kithkin.platform.accounts.known_browsers import name_where_known
from kithkin.platform.models import User

BY_NETWORK, HERE, ANYWHERE, KNOWN = "wrong_from_network", "wrong_here", "wrong_anywhere", "wrong_in_known_browser"
_APP = "allauth.account"
_PREFIXES = {4: 24, 6: 48}
"""What one household, office or hoster gets of addresses: who owns some can use them all."""


def count(request: HttpRequest, address: str) -> RateLimitUsage | None:
    """Count one try; None where there were too many already. A try that was right is to be rolled back."""
    counted = RateLimitUsage(usage=[])
    for action, key in _counters(request, address):
        usage = ratelimit.consume(request, app=_APP, action=action, key=key)
        if usage is None:
            counted.rollback()
            return None
        counted.usage += usage.usage
    return counted


def forget(request: HttpRequest, address: str) -> None:
    """Whoever chose a new password by mail begins anew."""
    for action, key in _of_strangers(request, address):
        ratelimit.clear(request, app=_APP, action=action, key=key)


def _counters(request: HttpRequest, address: str) -> list[tuple[str, str]]:
    if isinstance(request.user, User):
        return [(KNOWN, f"{request.user.pk} in {request.session.session_key}")]
    if browser := name_where_known(request, address):
        return [(KNOWN, f"{address} in {browser}")]
    return [(BY_NETWORK, ""), *_of_strangers(request, address)]


def _of_strangers(request: HttpRequest, address: str) -> list[tuple[str, str]]:
    return [(HERE, f"{address} from {network(request)}"), (ANYWHERE, address)]


def network(request: HttpRequest) -> str:
    """The network from which somebody comes."""
    found = get_adapter().get_client_ip(request)
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return str(found)
    return str(ipaddress.ip_network(f"{address}/{_PREFIXES[address.version]}", strict=False))
