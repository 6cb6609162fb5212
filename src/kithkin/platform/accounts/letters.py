"""What allauth tells people by mail, in our words: a letter for each of its occasions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import formats, timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.platform.mail import Letter

_CHANGES: Mapping[str, tuple[Promise, Promise]] = {
    "account/email/password_changed": (
        gettext_lazy("Your password was changed"),
        gettext_lazy("The password of your log-in was changed."),
    ),
    "account/email/password_set": (
        gettext_lazy("Your log-in has a password"),
        gettext_lazy("A password was set for your log-in."),
    ),
    "account/email/password_reset": (
        gettext_lazy("Your password was changed"),
        gettext_lazy("A new password was set through the link that we mailed you."),
    ),
    "mfa/email/totp_activated": (
        gettext_lazy("Your log-in asks for a code now"),
        gettext_lazy("An authenticator app was added: from now on logging in asks for its code."),
    ),
    "mfa/email/totp_deactivated": (
        gettext_lazy("Your log-in asks for no code any more"),
        gettext_lazy("The authenticator app was removed from your log-in."),
    ),
    "mfa/email/recovery_codes_generated": (
        gettext_lazy("You have new recovery codes"),
        gettext_lazy("New recovery codes were made for your log-in; earlier ones no longer work."),
    ),
    "mfa/email/webauthn_added": (
        gettext_lazy("A passkey was added"),
        gettext_lazy("A passkey was added to your log-in."),
    ),
    "mfa/email/webauthn_removed": (
        gettext_lazy("A passkey was removed"),
        gettext_lazy("A passkey was removed from your log-in."),
    ),
}


def letter(occasion: str, facts: Mapping[str, Any]) -> Letter:
    """The letter for this occasion, as allauth names it, in the language that is active."""
    if occasion == "account/email/password_reset_key":
        return _reset(facts)
    if occasion == "account/email/unknown_account":
        return _unknown()
    subject, sentence = _CHANGES[occasion]
    return Letter(subject=str(subject), lines=(str(sentence), _circumstances(facts), _alarm()))


def _reset(facts: Mapping[str, Any]) -> Letter:
    return Letter(
        subject=_("Choose a new password"),
        lines=(
            _("Somebody, you we hope, asked for a new password for this address."),
            _("The link works once, and for one day. If it was not you, do nothing: your password stays as it is."),
        ),
        link=facts["password_reset_url"],
        verb=_("Choose a new password"),
    )


def _unknown() -> Letter:
    return Letter(
        subject=_("No log-in for this address"),
        lines=(
            _("Somebody asked for a new password for this address, but no log-in belongs to it."),
            _("If it was you: you may have been invited under another address. Your administrator can tell."),
        ),
    )


def _circumstances(facts: Mapping[str, Any]) -> str:
    when = formats.date_format(timezone.localtime(facts["timestamp"]), "DATETIME_FORMAT")
    return _("When: %(when)s. From: %(address)s, %(browser)s.") % {
        "when": when,
        "address": facts["ip"],
        "browser": facts["user_agent"],
    }


def _alarm() -> str:
    return _("If this was not you, choose a new password at once and tell your administrator.")
