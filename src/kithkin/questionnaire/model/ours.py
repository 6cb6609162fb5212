"""The part that is Kithkin's own: what is measured, wanted, shuffled, embedded, scored and said at the end."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kithkin.questionnaire.model.text import Localised


class Identity(StrEnum):
    """What respondents are promised."""

    IDENTIFIED = "identified"
    CONFIDENTIAL = "confidential"
    ANONYMOUS = "anonymous"


class Measure(StrEnum):
    """The scores that a question can belong to. iNPS is of inside customers, eNPS of the employer; they never mix."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    INPS = "inps"
    ENPS = "enps"
    ENGAGEMENT = "engagement"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Metric:
    """Which question measures what; `dimension` of engagement or of internal service."""

    where: str
    question: str
    measures: Measure
    dimension: str | None
    relation: str | None


@dataclass(frozen=True, slots=True)
class Quota:
    """How many respondents of a kind are wanted; `ends`: nothing more is asked when it is full."""

    where: str
    name: str
    when: str | None
    limit: int | None
    ends: bool
    message: Localised


@dataclass(frozen=True, slots=True)
class Randomiser:
    """Elements that are shuffled, or of which some are shown, evenly over respondents."""

    where: str
    name: str
    of: tuple[str, ...]
    show: int | None
    shuffle: bool


@dataclass(frozen=True, slots=True)
class Embedded:
    """A value that comes with the invitation, or is hidden from the respondent."""

    where: str
    name: str
    default: Any
    stored: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Points per answer, summed under a name."""

    where: str
    name: str
    questions: tuple[str, ...]
    correct: bool
    when: str | None


@dataclass(frozen=True, slots=True)
class Completion:
    """What is said at the end, to whom it is for."""

    where: str
    when: str | None
    title: Localised
    html: Localised
    html_where: str
    url: str


@dataclass(frozen=True, slots=True)
class Ours:
    """The whole part."""

    identity: Identity = Identity.CONFIDENTIAL
    metrics: tuple[Metric, ...] = ()
    quotas: tuple[Quota, ...] = ()
    randomisation: tuple[Randomiser, ...] = ()
    embedded: tuple[Embedded, ...] = ()
    scoring: tuple[Score, ...] = ()
    completion: tuple[Completion, ...] = ()
