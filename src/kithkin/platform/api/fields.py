"""What every schema of the API is made of: text without characters that no database keeps, days, times, ids."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.utils.translation import gettext as _
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool

BIGGEST = 2**63 - 1
EARLIEST, LATEST = date(1800, 1, 1), date(2999, 12, 31)
KEPT = r"^[^\x00]*$"
"""Every text but one with a NUL character, which PostgreSQL does not keep."""

SAYS_SOMETHING = r"^[^\x00]*[^\x00\s][^\x00]*$"

UNSAID: Any = None
"""The default of a field that a change may leave out: it is not null then, it is not there."""


class Sent(BaseModel):
    """What a program sends. A field that is not known is refused, so that a slip of the pen is no silent loss."""

    model_config = ConfigDict(extra="forbid")


def text(longest: int, *, least: int = 0, says: str = "", example: str = "") -> Any:
    """A text of so many characters at most."""
    return Field(
        max_length=longest,
        min_length=least,
        pattern=SAYS_SOMETHING if least else KEPT,
        description=says or None,
        examples=[example] if example else None,
    )


def _from_text(value: Any) -> Any:
    """Only text is a day or a time: no number of seconds, which is what somebody else's clock says."""
    if isinstance(value, date) or (isinstance(value, str) and value[4:5] == "-"):
        return value
    raise ValueError(_("Write it like 2026-02-28."))


def _of_our_time(value: date) -> date:
    if not EARLIEST <= value <= LATEST:
        raise ValueError(_("A day between 1800 and 2999."))
    return value


def _moment_of_our_time(value: datetime) -> datetime:
    _of_our_time(value.date())
    if value.tzinfo is None:
        raise ValueError(_("Say in which zone: 2026-02-28T09:00:00Z, or with +01:00 at the end."))
    return value


Id = Annotated[int, Field(strict=True, ge=1, le=BIGGEST)]
InPath = Annotated[int, Field(ge=1, le=BIGGEST)]
Version = Annotated[
    int, Field(strict=True, ge=1, le=2**31 - 1, description="The version that the change was made from.", examples=[1])
]
Flag = StrictBool
Day = Annotated[date, BeforeValidator(_from_text), AfterValidator(_of_our_time), Field(examples=["2026-02-28"])]
Moment = Annotated[
    datetime,
    BeforeValidator(_from_text),
    AfterValidator(_moment_of_our_time),
    Field(examples=["2026-02-28T09:00:00Z"]),
]
