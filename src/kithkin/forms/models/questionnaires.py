"""A questionnaire, its versions, and the fields that all versions share."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kithkin.platform.models import Versioned


class Questionnaire(Versioned):
    """What is asked, through all its versions."""

    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = _("questionnaire"), _("questionnaires")

    def __str__(self) -> str:
        return self.title


class QuestionnaireVersion(models.Model):
    """One version, as it was published; never changed after. `body` is JSON of `kithkin.questionnaire`."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    body = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("version of a questionnaire"), _("versions of questionnaires")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire}, {self.number}"


class FieldKind(models.TextChoices):
    """What the answers of a field are."""

    SCORE = "score", _("score on a scale")
    NUMBER = "number", _("number")
    CHOICE = "choice", _("one of several")
    CHOICES = "choices", _("several of several")
    TRUTH = "truth", _("yes or no")
    DAY = "day", _("day")
    TEXT = "text", _("text")


class Field(models.Model):
    """One thing that a questionnaire learns of a respondent. Its number stays, whatever version asks it.

    `name` is its place in the answers: a question's key, or "matrix.row". The warehouse keeps it in `column`.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="fields")
    number = models.PositiveIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=500)
    kind = models.CharField(_("kind"), max_length=8, choices=FieldKind.choices)
    low = models.FloatField(_("lowest"), null=True)
    high = models.FloatField(_("highest"), null=True)
    """The scale of a score."""
    choices = models.JSONField(_("choices"), default=list)
    """[[value, label], …] of a choice, or of the points of a scale that bear labels."""
    measures = models.CharField(_("measures"), max_length=12, blank=True, default="")
    """A `kithkin.questionnaire.model.ours.Measure`: "nps", "csat", "ces", "inps", "enps", "engagement", "service"."""
    dimension = models.CharField(_("dimension"), max_length=80, blank=True, default="")
    """Of engagement ("trust") or of internal service ("responsiveness")."""
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("field"), _("fields")
        ordering = ("position", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_field_per_number"),
            models.UniqueConstraint(fields=["questionnaire", "name"], name="one_field_per_name"),
        ]

    def __str__(self) -> str:
        return self.title or self.name

    @property
    def column(self) -> str:
        """Its column in the warehouse."""
        return f"f{self.number}"
