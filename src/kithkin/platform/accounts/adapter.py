"""How allauth behaves here: nobody signs up by themselves, and its mails are ours, in their reader's language."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.platform.accounts import throttle
from kithkin.platform.accounts.known_browsers import remember
from kithkin.platform.accounts.letters import letter
from kithkin.platform.mail import send
from kithkin.platform.models import User

log = structlog.get_logger(__name__)


class Adapter(DefaultAccountAdapter):
    """Log-ins are made by invitation only."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy(
            "This address and this password do not belong together. Check both, and mind capitals."
        ),
        "too_many_login_attempts": gettext_lazy(
            "Too many attempts. Wait some minutes, or choose a new password by mail: then you can log in at once."
        ),
        "incorrect_password": gettext_lazy("That is not your password."),
        "incorrect_code": gettext_lazy("This code is not right, or it is too old. Take the newest one."),
        "enter_current_password": gettext_lazy("That is not your present password."),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse where too many wrong passwords came before; see `throttle`."""
        counted = throttle.count(request, str(credentials.get("email", "")).lower())
        if counted is None:
            raise self.validation_error("too_many_login_attempts")
        self._login_failed_rl_usage = counted

    def post_login(self, request: HttpRequest, user: User, **told: Any) -> HttpResponse:
        """The browser is known for this address from now on."""
        response: HttpResponse = super().post_login(request, user, **told)
        remember(request, response, user.email)
        return response

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 (allauth's signature)
        """Never."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Under the installation's own address where it is known: the one of the request is what its sender wrote."""
        link: str = super().get_reset_password_from_key_url(key)
        return settings.PUBLIC_URL.rstrip("/") + urlsplit(link).path if settings.PUBLIC_URL else link

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 (allauth's signature)
        """Back to the reader's own page."""
        return reverse("me")

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the user, in their language, that something about their log-in was changed."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write our letter; a mail server that does not answer is said so, and breaks nothing else."""
        user = context.get("user")
        with translation.override(user.language if isinstance(user, User) else translation.get_language()):
            written = letter(template_prefix, context)
        try:
            send(written, email)
        except OSError:
            log.exception("mail failed", kind=template_prefix)
            messages.error(
                self.request, _("The mail could not be sent: the mail server does not answer. Tell your administrator.")
            )
