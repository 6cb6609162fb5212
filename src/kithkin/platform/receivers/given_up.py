"""The queue says in a row of its own what became of a job; that it is given up is a fact like others."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django_q.models import Task

from kithkin.platform.events import publish
from kithkin.platform.jobs import JobGivenUp
from kithkin.platform.models import Event


@receiver(post_save, sender=Task)
def say_that_it_is_given_up(instance: Task, **_signal: Any) -> None:
    """Once, when it was tried as often as there are tries, or oftener (see `broker`)."""
    if instance.success or instance.attempt_count < settings.Q_CLUSTER["max_attempts"]:
        return
    with transaction.atomic():
        if not Event.objects.filter(kind=JobGivenUp.kind(), facts__task_id=instance.pk).exists():
            publish(JobGivenUp(task_id=instance.pk, job=str(instance.func)))
