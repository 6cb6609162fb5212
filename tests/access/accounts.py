"""Log-in, one's own profile, users, invitations, the audit trail."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from tests.access.table import EVERYBODY, Row, nothing
from tests.cast import Cast

NOBODY: frozenset[str] = frozenset()
DOOR = "/log-in/login/"


def session_of_bob(cast: Cast) -> dict[str, int]:
    return {"pk": UserSession.objects.create(user=cast.bob, ip="10.0.0.1", session_key="bobs", user_agent="Phone").pk}


def passkey_of_bob(cast: Cast) -> dict[str, int]:
    data = {"name": "Bob's key", "credential": {}}
    return {"pk": Authenticator.objects.create(user=cast.bob, type=Authenticator.Type.WEBAUTHN, data=data).pk}


def _again(**row) -> Row:
    """A page that asks for the password once more first."""
    return Row(EVERYBODY, status=302, **row)


ROWS = {
    "me": Row(EVERYBODY, sees=lambda _: {"alice@company.example": frozenset({"alice"})}),
    "choose_notifications": Row(EVERYBODY, post=nothing, status=302),
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
