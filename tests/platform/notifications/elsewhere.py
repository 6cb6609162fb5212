"""What the tests do in processes of their own."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django_q.models import Task

from kithkin.platform.models import Notification, User
from kithkin.platform.services.mailing import mail_what_is_due
from kithkin.platform.services.notifications import notify
from kithkin.platform.topics.jobs import JOBS

JOB = "a" * 32


def tell_alice() -> None:
    """A job failed for good."""
    now = timezone.now()
    Task.objects.create(id=JOB, name="a", func="math.sqrt", started=now, stopped=now, success=False)
    notify(topic=JOBS, users=[User.objects.get(name="Alice")], event_id=1, facts={"task": JOB, "job": "math.sqrt"})


def mail_over(port: int) -> None:
    """The job, with the mail server there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    mail_what_is_due()


def seconds_put_off() -> float:
    """For how long nobody else mails it; from now on it is due."""
    left = Notification.objects.get().mail_due_at - timezone.now()
    Notification.objects.update(mail_due_at=timezone.now())
    return left.total_seconds()
