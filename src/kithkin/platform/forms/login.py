"""allauth's forms with our labels: no placeholders that vanish, no help that repeats a link of the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as codes
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django.db import transaction
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kithkin.platform.accounts import throttle
from kithkin.platform.accounts.adapter import Adapter
from kithkin.platform.services.tokens import end_tokens_of

PASSWORD_HELP = _("At least 10 letters or figures. Several words are easier to remember than one with signs in it.")
Words = Mapping[str, tuple[str | Promise, str | Promise]]


class _OurWords:
    """Field → (label, help). What is not named loses allauth's placeholder and help all the same."""

    words: ClassVar[Words] = {}
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            label, help_text = self.words.get(name, (field.label, ""))
            field.label, field.help_text = label, help_text


_NEW_TWICE: Words = {"password1": (_("New password"), PASSWORD_HELP), "password2": (_("The same once more"), "")}


class Login(_OurWords, account.LoginForm):
    """Address and password."""

    words: ClassVar[Words] = {
        "login": (_("E-mail"), ""),
        "password": (_("Password"), ""),
        "remember": (_("Stay logged in on this device for two weeks"), ""),
    }


class ResetPassword(_OurWords, account.ResetPasswordForm):
    """The address to which the link goes."""

    words: ClassVar[Words] = {"email": (_("E-mail"), "")}

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """Mail the link; an unknown address gets a mail too, so that neither page nor time tells them apart."""
        email: str = self.cleaned_data["email"]
        if self.users:
            return str(super().save(request, **kwargs))
        Adapter(request).send_mail("account/email/unknown_account", email, {})
        return email


class ResetPasswordFromKey(_OurWords, account.ResetPasswordKeyForm):
    """A new password, by the mailed link: whoever had the old one, or a token made with it, is out."""

    words = _NEW_TWICE

    def save(self) -> None:
        """Set it, end the tokens, and forget the wrong passwords of before."""
        with transaction.atomic():
            super().save()
            end_tokens_of(user=self.user)
        throttle.forget(context.request, self.user.email)


class ChangePassword(_OurWords, account.ChangePasswordForm):
    """A new password, knowing the old one."""

    words: ClassVar[Words] = {"oldpassword": (_("Present password"), ""), **_NEW_TWICE}


class SetPassword(_OurWords, account.SetPasswordForm):
    """A first password."""

    words = _NEW_TWICE


class Reauthenticate(_OurWords, account.ReauthenticateForm):
    """The password once more."""

    words: ClassVar[Words] = {"password": (_("Password"), "")}


_CODE: Words = {"code": (_("Code"), _("From your authenticator app, or one of your recovery codes."))}


class Authenticate(_OurWords, codes.AuthenticateForm):
    """The second factor, at log-in."""

    words = _CODE


class ReauthenticateByCode(_OurWords, codes.ReauthenticateForm):
    """The second factor once more."""

    words = _CODE


class ActivateApp(_OurWords, totp.ActivateTOTPForm):
    """The first code of the app, which proves that it was set up."""

    words: ClassVar[Words] = {"code": (_("Code that the app shows"), "")}


class AddPasskey(_OurWords, passkeys.AddWebAuthnForm):
    """A passkey, with or without the right to replace the password."""

    words: ClassVar[Words] = {
        "name": (_("Name"), _("So that you know which device it is.")),
        "passwordless": (_("Log in with it alone, without a password"), ""),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].max_length = 100
        self.fields["name"].widget.attrs["maxlength"] = 100
        self.fields["passwordless"].initial = True


class RenamePasskey(_OurWords, passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    words: ClassVar[Words] = {"name": (_("Name"), "")}
