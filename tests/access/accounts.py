"""Log-in, one's own profile, users, invitations, the audit trail."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from kithkin.platform.models import AuditEntry, Invitation
from kithkin.platform.services.invitations import write_link
from tests.access.table import ADMINISTRATORS, EVERYBODY, Row, nothing
from tests.cast import Cast

NOBODY: frozenset[str] = frozenset()
DOOR = "/log-in/login/"


def session_of_bob(cast: Cast) -> dict[str, int]:
    return {"pk": UserSession.objects.create(user=cast.bob, ip="10.0.0.1", session_key="bobs", user_agent="Phone").pk}


def passkey_of_bob(cast: Cast) -> dict[str, int]:
    data = {"name": "Bob's key", "credential": {}}
    return {"pk": Authenticator.objects.create(user=cast.bob, type=Authenticator.Type.WEBAUTHN, data=data).pk}


def bob(cast: Cast) -> dict[str, int]:
    return {"pk": cast.bob.pk}


def invitation_of_kim(cast: Cast) -> dict[str, int]:
    return {"pk": Invitation.objects.create(email="kim@company.example", invited_by=cast.alice).pk}


def link_of_kim(cast: Cast) -> dict[str, str]:
    kim = Invitation.objects.create(email="kim@company.example", invited_by=cast.alice)
    return {"token": write_link(invitation=kim)}


def grant_of_gus(cast: Cast) -> dict[str, int]:
    return {"pk": cast.gus.pk, "grant_pk": cast.gus.grants.get().pk}


def entry_about_bob(cast: Cast) -> dict[str, int]:
    cast.bob.name = "Bobby Tables"
    cast.bob.save()
    return {"pk": AuditEntry.objects.latest("pk").pk}


def _again(**row) -> Row:
    """A page that asks for the password once more first."""
    return Row(EVERYBODY, status=302, **row)


ROWS = {
    "me": Row(EVERYBODY, sees=lambda _: {"alice@company.example": frozenset({"alice"})}),
    "choose_notifications": Row(EVERYBODY, post=nothing, status=302),
    "users": Row(ADMINISTRATORS, sees=lambda _: {"bob@company.example": ADMINISTRATORS}),
    "user": Row(ADMINISTRATORS, kwargs=bob, sees=lambda _: {"bob@company.example": ADMINISTRATORS}),
    "give_user_role": Row(ADMINISTRATORS, kwargs=bob, post=lambda _: {"role": "analyst", "over": "all"}, status=302),
    "take_user_role": Row(ADMINISTRATORS, kwargs=grant_of_gus, post=nothing, status=302),
    "switch_user": Row(ADMINISTRATORS, kwargs=bob, post=lambda _: {"on": "yes"}, status=302),
    "log_out_user": Row(ADMINISTRATORS, kwargs=bob, post=nothing, status=302),
    "reset_second_factor": Row(ADMINISTRATORS, kwargs=bob, post=nothing, status=302),
    "invite": Row(ADMINISTRATORS),
    "resend_invitation": Row(ADMINISTRATORS, kwargs=invitation_of_kim, post=nothing, status=302),
    "withdraw_invitation": Row(ADMINISTRATORS, kwargs=invitation_of_kim, post=nothing, status=302),
    "invitation": Row(EVERYBODY, kwargs=link_of_kim, anonymous=200),
    "audit": Row(ADMINISTRATORS),
    "audit_entry": Row(ADMINISTRATORS, kwargs=entry_about_bob, sees=lambda _: {"Bobby Tables": ADMINISTRATORS}),
    "account_login": Row(EVERYBODY, status=302, anonymous=200),
    "account_logout": Row(EVERYBODY, anonymous=302),
    "account_inactive": Row(EVERYBODY, anonymous=200),
    "account_reauthenticate": Row(EVERYBODY),
    "account_change_password": Row(EVERYBODY),
    "account_set_password": _again(),
    "account_reset_password": Row(EVERYBODY, anonymous=200),
    "account_reset_password_done": Row(EVERYBODY, anonymous=200),
    "account_reset_password_from_key": Row(
        EVERYBODY, kwargs=lambda _: {"uidb36": "1", "key": "abc-def"}, anonymous=200
    ),
    "account_reset_password_from_key_done": Row(EVERYBODY, anonymous=200),
    "mfa_index": Row(EVERYBODY),
    "mfa_authenticate": Row(EVERYBODY, status=302),
    "mfa_reauthenticate": _again(),
    "mfa_activate_totp": _again(),
    "mfa_deactivate_totp": Row(NOBODY, otherwise=404),
    "mfa_view_recovery_codes": Row(NOBODY, otherwise=404),
    "mfa_generate_recovery_codes": _again(),
    "mfa_download_recovery_codes": Row(NOBODY, otherwise=404),
    "mfa_list_webauthn": Row(EVERYBODY),
    "mfa_add_webauthn": _again(),
    "mfa_login_webauthn": Row(EVERYBODY, status=302),
    "mfa_reauthenticate_webauthn": _again(),
    "usersessions_list": Row(EVERYBODY),
    "usersessions_end": Row(frozenset({"bob"}), kwargs=session_of_bob, post=nothing, status=302, otherwise=404),
    # asks for the password first; that another's passkey then is 404 is tested in platform/accounts
    "mfa_remove_webauthn": _again(kwargs=passkey_of_bob),
    "mfa_edit_webauthn": _again(kwargs=passkey_of_bob),
}
