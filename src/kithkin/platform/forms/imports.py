"""Choosing a file, and matching its columns."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kithkin.platform.imports.guessing import REASON, guess
from kithkin.platform.imports.kept import Head
from kithkin.platform.models import Import
from kithkin.platform.registries.imports import Field, ImportKind, Option

EMPTY = Option(
    "empty",
    gettext_lazy("An empty cell"),
    (("keep", gettext_lazy("leaves what is there")), ("clear", gettext_lazy("takes away what is there"))),
)


class UploadForm(forms.Form):
    """Which kind of thing, and the file."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("What is in it"), widget=forms.RadioSelect)
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV (with commas, semicolons or tabs), XLSX, Parquet or SPSS .sav. The first row names the columns."
        ),
        error_messages={"empty": gettext_lazy("The file is empty. Export the table again, with its header.")},
    )

    def __init__(self, kinds: Sequence[ImportKind], *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(one.key, one.label) for one in kinds]
        kind.help_text = " ".join(str(one.about) for one in kinds) if len(kinds) == 1 else ""
        self.initial.setdefault("once", uuid.uuid4())
        self.initial.setdefault("kind", kinds[0].key if kinds else None)


@dataclass(frozen=True)
class ColumnChoice:
    """One column of the file on the page: its samples, and the field chosen for it."""

    name: str
    input: str
    samples: Sequence[str]
    chosen: str


@dataclass(frozen=True)
class OptionChoice:
    """One choice for the whole file."""

    option: Option
    chosen: str


class MatchingForm:
    """The columns of a file with what each holds: guessed or remembered at first, then as it was chosen."""

    def __init__(self, one: Import, kind: ImportKind, head: Head, alike: Import | None) -> None:
        self.one, self.kind, self.head = one, kind, head
        self.fields: Sequence[Field] = kind.fields(one.by)
        self.options: Sequence[Option] = (*kind.options, EMPTY)
        self.errors: list[str] = []
        known = {field.key for field in self.fields}
        remembered = {column: key for column, key in (alike.mapping if alike else {}).items() if key in known}
        remembered = {column: key for column, key in remembered.items() if column in head.columns}
        self.mapping: dict[str, str] = (
            {column: key for column, key in one.mapping.items() if key in known}
            or remembered
            or guess(head.columns, head.values, self.fields)
        )
        self.remembered = bool(remembered) and not one.mapping
        before: Mapping[str, str] = one.options or (alike.options if alike else {})
        self.chosen = {
            option.key: self._allowed(option, before.get(option.key) or self._guessed(option))
            for option in self.options
        }

    def read(self, data: QueryDict) -> bool:
        """Take what was chosen; whether it makes sense, else `errors` says what does not."""
        known = {field.key: field for field in self.fields}
        picked = {column: data.get(f"column-{place}", "") for place, column in enumerate(self.head.columns)}
        self.mapping = {column: key for column, key in picked.items() if key in known}
        self.chosen = {option.key: self._allowed(option, data.get(option.key, "")) for option in self.options}
        if not self.mapping:
            self.errors.append(_("No column is used. Say of at least one what it holds."))
        for key in dict.fromkeys(self.mapping.values()):
            columns = [column for column, chosen in self.mapping.items() if chosen == key]
            if len(columns) > 1:
                said = _("“%(field)s” is chosen for “%(first)s” and for “%(second)s”. Choose one of them.")
                self.errors.append(
                    said % {"field": known[key].label, "first": columns[0][:60], "second": columns[1][:60]}
                )
        missing = [field for field in self.fields if field.required and field.key not in self.mapping.values()]
        for field in missing:
            self.errors.append(_("No column holds “%(field)s”, which every line needs.") % {"field": field.label})
        return not self.errors

    @property
    def columns(self) -> list[ColumnChoice]:
        """Every column of the file, but Kithkin's own reasons."""
        return [
            ColumnChoice(column, f"column-{place}", self.head.samples(column), self.mapping.get(column, ""))
            for place, column in enumerate(self.head.columns)
            if column != REASON
        ]

    @property
    def option_choices(self) -> list[OptionChoice]:
        """The choices for the whole file."""
        return [OptionChoice(option, self.chosen[option.key]) for option in self.options]

    def _guessed(self, option: Option) -> str:
        if option.guess is None:
            return ""
        return option.guess({key: self.head.values.get(column, []) for column, key in self.mapping.items()})

    def _allowed(self, option: Option, value: str) -> str:
        keys = [str(key) for key, _label in option.choices]
        return value if value in keys else keys[0]
