"""Who may: roles and how far they reach. Rooms build their predicates and `visible_to` on this."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from kithkin.platform.models import Role, RoleGrant, User
from kithkin.platform.registries.scopes import scopes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from django.contrib.auth.models import AnonymousUser
    from django.http import HttpRequest, HttpResponse


@dataclass(frozen=True)
class Reach:
    """How far a user's roles reach: everywhere, or over some organisation units (with all below them)."""

    everywhere: bool
    unit_ids: frozenset[int]

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.unit_ids)

    def covers(self, unit_id: int | None) -> bool:
        """Whether it reaches this unit; what belongs to no unit is reached only from everywhere."""
        return self.everywhere or unit_id in self.unit_ids

    def limit(self, field: str) -> Q:
        """The rows whose unit, by this path of fields, is reached."""
        return Q() if self.everywhere else Q(**{f"{field}__in": self.unit_ids})


def reach(user: User | AnonymousUser, *roles: Role) -> Reach:
    """How far the user reaches in any of these roles. An administrator of everything holds every role."""
    grants = [grant for grant in _grants(user) if grant.role in roles or grant.role == Role.ADMINISTRATOR]
    if any(grant.scope_id is None for grant in grants):
        return Reach(everywhere=True, unit_ids=frozenset())
    held = {grant.scope_id for grant in grants if grant.scope_id is not None}
    return Reach(everywhere=False, unit_ids=scopes().below(held) if held else frozenset())


def granted(user: User | AnonymousUser) -> tuple[tuple[str, int], ...]:
    """The user's roles, each with what it is over, 0 for everything; in one order."""
    return tuple(sorted((grant.role, grant.scope_id or 0) for grant in _grants(user)))


def is_administrator(user: User | AnonymousUser) -> bool:
    """Whether the user administers the whole installation."""
    return reach(user, Role.ADMINISTRATOR).everywhere


def holds(user: User | AnonymousUser, *roles: Role) -> bool:
    """Whether the user holds any of these roles, anywhere."""
    return bool(reach(user, *roles))


def anybody(user: User | AnonymousUser) -> bool:
    """Whoever is logged in."""
    return bool(user.is_authenticated and user.is_active)


def allowed(test: Callable[[User], bool]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for those who pass `test`: others are sent to log in, or told that they may not."""

    def decorated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not isinstance(request.user, User) or not test(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorated


def user_of(request: HttpRequest) -> User:
    """Who asks, in a view that `allowed` guards: always somebody logged in."""
    assert isinstance(request.user, User)
    return request.user


def users_with(role: Role, unit_ids: Collection[int] | None = None) -> QuerySet[User]:
    """Active users who hold the role everywhere or, where `unit_ids` is given, over one of these units."""
    over = Q(grants__scope_id__isnull=True) | (Q(grants__scope_id__in=unit_ids) if unit_ids else Q())
    return User.objects.filter(over, grants__role=role, is_active=True).distinct()


def _grants(user: User | AnonymousUser) -> list[RoleGrant]:
    """The user's grants, read once per request: they are kept on the user object."""
    if not isinstance(user, User) or not user.is_active:
        return []
    known: list[RoleGrant] | None = user.__dict__.get("_grants_read")
    if known is None:
        known = user.__dict__["_grants_read"] = list(RoleGrant.objects.filter(user=user))
    return known
