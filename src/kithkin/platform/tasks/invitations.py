"""Letters to those who are asked to join."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kithkin.platform.mail import Letter, send
from kithkin.platform.queries.users import open_invitations
from kithkin.platform.services.invitations import write_link


def send_invitation(invitation_id: int, base: str) -> None:
    """Write the link and mail it; `base` is the address under which the product was open when it was asked for.

    The link is made here, so that it stands in no queue; started twice it sends two letters, the later one good.
    """
    invitation = open_invitations().select_related("invited_by").filter(pk=invitation_id).first()
    if invitation is None:
        return
    link = base.rstrip("/") + reverse("invitation", kwargs={"token": write_link(invitation=invitation)})
    with translation.override(invitation.language):
        by = str(invitation.invited_by or "Kithkin")
        where = settings.ORGANISATION or "Kithkin"
        letter = Letter(
            subject=_("%(by)s invites you to %(where)s") % {"by": by, "where": where},
            lines=(
                *([_("Hello %(name)s,") % {"name": invitation.name}] if invitation.name else []),
                _("%(by)s asks you to join %(where)s.") % {"by": by, "where": where},
                _("Choose a password, and you are in. The link works once, and for seven days."),
            ),
            link=link,
            verb=_("Join"),
        )
        send(letter, invitation.email)
