"""People: kith, kin or both; what ties them to the company, to accounts and to one another."""

from __future__ import annotations

import re
import uuid
from typing import Any, ClassVar

import phonenumbers
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kithkin.directory.models.accounts import Account
from kithkin.directory.models.organisation import Unit
from kithkin.platform.models import Versioned
from kithkin.platform.text import fold


class Side(models.TextChoices):
    """Outside or inside."""

    KITH = "kith", _("kith")
    KIN = "kin", _("kin")


def normal_email(text: str) -> str:
    """The address for comparing: lower case, no spaces. Dots and tags stay, since only the provider knows of them."""
    return text.strip().lower()


def normal_phone(text: str, country: str = "") -> str:
    """The number in E.164 ("+493012345") where it can be told, else its digits.

    `country` ("DE") is where a number without a country code is at home.
    """
    try:
        number = phonenumbers.parse(text, country.upper() or None)
    except phonenumbers.NumberParseException:
        return "".join(letter for letter in text if letter.isdecimal())
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def name_key(name_folded: str) -> str:
    """The words of a name in a fixed order, so that "MÜLLER, Anna" is "Anna Müller"."""
    return " ".join(sorted(re.findall(r"\w+", name_folded)))


class Person(Versioned):
    """Somebody the company knows. `attributes` holds what the company itself declared, by its key.

    `attribute_dates` says when each was last told, which retention counts from. `erasure_key` is random: it is what an
    erasure leaves behind, so that a backup restored later can be cleaned of the person again. A person merged into
    another stays as a row, out of sight, so that the merge can be undone.
    """

    external_id = models.CharField(_("number"), max_length=80, blank=True, default="")
    name = models.CharField(_("name"), max_length=200)
    name_folded = models.CharField(max_length=200, editable=False)
    name_key = models.CharField(max_length=200, editable=False, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    email_normal = models.CharField(max_length=254, editable=False, default="")
    phone = models.CharField(_("phone"), max_length=40, blank=True, default="")
    phone_normal = models.CharField(max_length=40, editable=False, default="")
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, blank=True, default="")
    is_kith = models.BooleanField(_("kith: a customer outside"), default=False)
    is_kin = models.BooleanField(_("kin: works here"), default=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="person",
        verbose_name=_("log-in"),
    )
    attributes = models.JSONField(default=dict, blank=True, verbose_name=_("attributes"))
    attribute_dates = models.JSONField(default=dict, blank=True, editable=False)
    erasure_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="merged",
        db_index=False,
        verbose_name=_("merged into"),
    )
    """Indexed only where it is set: else SQLite reads nearly everybody through that index, and then sorts them."""

    class Meta:
        verbose_name, verbose_name_plural = _("person"), _("people")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["external_id"],
                condition=~Q(external_id="") & Q(merged_into__isnull=True),
                name="one_person_per_number",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name_folded", "id"], name="person_by_name"),
            models.Index(fields=["email_normal", "id"], name="person_by_email"),
            models.Index(fields=["phone_normal"], name="person_by_phone"),
            models.Index(fields=["external_id"], name="person_by_number"),
            models.Index(fields=["changed_at", "id"], name="person_by_change"),
            models.Index(fields=["name_folded", "id"], condition=Q(is_kin=True), name="kin_by_name"),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="person_merged_away"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def side(self) -> str:
        """ "kith", "kin", "both", or "" for neither yet."""
        return {(True, True): "both", (True, False): "kith", (False, True): "kin"}.get((self.is_kith, self.is_kin), "")

    def normalise(self) -> None:
        """Keep what is searched and compared in step with what is shown; bulk writers call this themselves."""
        self.name_folded = fold(self.name)
        self.name_key = name_key(self.name_folded)
        self.email_normal = normal_email(self.email)
        self.phone_normal = normal_phone(self.phone, self.country) if self.phone else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Normalise, then write."""
        self.normalise()
        super().save(*args, **kwargs)


class TieKind(models.TextChoices):
    """How somebody outside is tied to the company."""

    BUYER = "buyer", _("buys")
    USER = "user", _("uses")
    PAYER = "payer", _("pays")
    PAID_FOR = "paid_for", _("is paid for")
    DONOR = "donor", _("donates")
    REFERRER = "referrer", _("recommends")
    FAMILY = "family", _("family")
    VISITOR = "visitor", _("visits")
    PARTNER = "partner", _("partner")
    SUPPLIER = "supplier", _("supplies")


class Tie(Versioned):
    """One tie of a person: to an account, to another person (a patient's family, payer), or to the company."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="ties", verbose_name=_("person"))
    kind = models.CharField(_("tie"), max_length=10, choices=TieKind.choices)
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="ties", verbose_name=_("account")
    )
    other = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="tied_to_by", verbose_name=_("other person")
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("tie"), _("ties")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "person", "kind", Coalesce("account", 0), Coalesce("other", 0), name="one_tie_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=models.F("person")), name="not_tied_to_oneself"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class MembershipKind(models.TextChoices):
    """How somebody works here."""

    EMPLOYEE = "employee", _("employee")
    CONTRACTOR = "contractor", _("contractor")


class Membership(Versioned):
    """From `since` up to but not including `until` the person worked in the unit, reporting to the manager."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    kind = models.CharField(
        _("works here as"), max_length=12, choices=MembershipKind.choices, default=MembershipKind.EMPLOYEE
    )
    title = models.CharField(_("title"), max_length=120, blank=True, default="")
    manager = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("manager")
    )
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("membership"), _("memberships")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")), name="membership_not_empty"
            ),
            models.UniqueConstraint(fields=["person", "unit", "since"], name="one_membership_per_start"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "until"], name="members_of_unit")]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class Purchase(models.Model):
    """What somebody, or an account, bought."""

    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="purchases", verbose_name=_("person")
    )
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, blank=True, related_name="purchases", verbose_name=_("account")
    )
    number = models.CharField(_("number"), max_length=80, blank=True, default="")
    at = models.DateTimeField(_("when"))
    what = models.CharField(_("what"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")

    class Meta:
        verbose_name, verbose_name_plural = _("purchase"), _("purchases")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="one_purchase_per_number"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(account__isnull=False), name="purchase_by_somebody"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="purchases_of_person")]

    def __str__(self) -> str:
        return self.what
