"""How allauth's second factors behave here."""

from __future__ import annotations

import io

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.platform.models import User


class SecondFactorAdapter(DefaultMFAAdapter):
    """The picture by segno, names that people understand."""

    error_messages = {  # noqa: RUF012 (as allauth has it)
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right, or it is too old. Take the newest one."),
    }

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, without any style of its own."""
        picture = io.BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=4, border=2, xmldecl=False, light="#fff")
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's)
        """What a new passkey is called unless its owner says otherwise."""
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("My passkey") if not known else _("My passkey %(number)s") % {"number": known + 1}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """As the browser names this installation when it asks for the passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.ORGANISATION or "Kithkin"}
