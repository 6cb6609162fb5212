"""Mailing what people are told: one letter for each reader with all that is due, at once or in the morning.

Whatever is mailed is put off first (`LEASE`), then handed to the mail server, then noted as mailed. So nothing is lost
where a worker is killed or the server is down, and two workers never mail the same. A worker that is killed in the
moment between the server's yes and the note mails again: with the same Message-ID, by which mail programs tell doubles.
"""

from __future__ import annotations

import hashlib
import smtplib
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta

import structlog
from django.db import DatabaseError, connection, transaction
from django.db.models import F, QuerySet
from django.utils import formats, timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kithkin.platform.addresses import absolute, host
from kithkin.platform.jobs import enqueue
from kithkin.platform.mail import Item, Letter, send
from kithkin.platform.models import Notification, User
from kithkin.platform.queries.notifications import InWords, in_words
from kithkin.platform.registries.notifications import Frequency, frequency

LEASE = timedelta(minutes=2)
"""Longer than a job may take, so that nobody else mails what one is mailing."""
BUDGET = 20.0
"""Seconds after which a job hands over to the next."""
MOST = 100
"""In one letter; the rest follows in another."""
TRIES = 8
"""So often the mail server may refuse a letter for now; while it does not answer nothing is counted."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)
MOST_COUNTED = 10
"""Tries: the pauses grow no more by then."""
OF_THE_LETTER = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError, smtplib.SMTPNotSupportedError)
"""What a mail server says of one letter; everything else would befall the next one, too: all have one sender."""
log = structlog.get_logger(__name__)


def mail_what_is_due() -> None:
    """The job, and a schedule: letter after letter until nothing is due, or the mail server takes nothing."""
    until = time.monotonic() + BUDGET
    while told := _put_off():
        try:
            _mail(told)
        except OF_THE_LETTER as error:
            _refused(told, error)
        except OSError as error:
            log.warning("the mail server takes nothing; what people are told waits", error=str(error))
            _later(told)
            return
        except DatabaseError:
            raise
        except Exception as error:  # one letter that cannot be written holds up nobody else's
            log.exception("a letter could not be written", user_id=told[0].user_id)
            _refused(told, error)
        if time.monotonic() > until:
            enqueue(mail_what_is_due)
            return


def _put_off() -> list[Notification]:
    """All that is due for whoever has waited the longest, held for this worker; nothing where nothing is due."""
    now = timezone.now()
    due = Notification.objects.filter(mail_due_at__lte=now).order_by("mail_due_at", "pk")
    if not due.exists():  # a look costs no write lock
        return []
    with transaction.atomic():
        if connection.features.has_select_for_update:
            due = due.select_for_update(skip_locked=True, of=("self",))
        first = due.first()
        if first is None:
            return []
        told = list(due.filter(user=first.user_id).select_related("user")[:MOST])
        _rows(told).update(mail_due_at=now + LEASE)
    return told


def _mail(told: Sequence[Notification]) -> None:
    """One letter with what its reader still wants to know, and may; none where nothing of it is left."""
    user = told[0].user
    with translation.override(user.language), timezone.override(user.zone):
        wanted = [one for one in in_words(user, told) if _is_wanted(user, one)]
        if wanted:
            send(_letter(wanted), user.email, headers=_headers(wanted))
    sent = [one.notification.pk for one in wanted]
    rows = _rows(told)
    rows.filter(pk__in=sent).update(mail_due_at=None, mailed_at=timezone.now())
    rows.exclude(pk__in=sent).update(mail_due_at=None)


def _is_wanted(user: User, one: InWords) -> bool:
    if not user.is_active or one.notification.read_at or one.topic is None or one.told is None:
        return False
    return one.told.still and one.topic.concerns(user) and frequency(user, one.topic) != Frequency.NEVER


def _letter(wanted: Sequence[InWords]) -> Letter:
    items = [Item(one.told.sentence, absolute(one.told.address), _when(one.notification)) for one in wanted if one.told]
    subject = ngettext("%(n)d thing you want to know", "%(n)d things you want to know", len(items)) % {"n": len(items)}
    if len(items) == 1:
        subject = Truncator(items[0].text).chars(120)
    where = absolute("/settings/me/")
    return Letter(subject, (), items=items, foot=_("Of what you are told, and how soon: %(where)s") % {"where": where})


def _when(one: Notification) -> str:
    return formats.date_format(timezone.localtime(one.at), "SHORT_DATETIME_FORMAT")


def _headers(wanted: Sequence[InWords]) -> dict[str, str]:
    """The same at every try of the same letter."""
    ids = ",".join(str(one.notification.pk) for one in wanted)
    mark = hashlib.sha256(f"{wanted[0].notification.user_id}:{ids}".encode()).hexdigest()[:32]
    return {"Message-ID": f"<told-{mark}@{host()}>", "Auto-Submitted": "auto-generated"}


def _refused(told: Sequence[Notification], error: Exception) -> None:
    """Try again later, unless the server says that it never will take it: then it stands on the page alone."""
    log.warning("a letter was refused", user_id=told[0].user_id, error=type(error).__name__)
    again = [one for one in told if one.refused + 1 < TRIES and not _is_final(error)]
    _rows(one for one in told if one not in again).update(mail_due_at=None)
    if again:
        _rows(again).update(refused=F("refused") + 1)
        _later(again)


def _is_final(error: Exception) -> bool:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in error.recipients.values())
    return isinstance(error, smtplib.SMTPNotSupportedError) or (
        isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500
    )


def _later(told: Sequence[Notification]) -> None:
    tries = max(one.tries for one in told)
    pause = min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE)
    _rows(told).update(mail_due_at=timezone.now() + pause, tries=min(tries + 1, MOST_COUNTED))


def _rows(told: Iterable[Notification]) -> QuerySet[Notification]:
    return Notification.objects.filter(pk__in=[one.pk for one in told])
