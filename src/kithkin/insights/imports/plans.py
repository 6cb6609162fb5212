"""What somebody says of a file of figures, as it is kept with the import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class FigurePlan:
    """One figure: the column that holds it, or in a long file the word for it, and what it is.

    `n` is the column that says of how many it is, `side` who was asked ("kin", "kith" or nobody), `stage` its place in
    the chain.
    """

    column: str
    name: str
    n: str = ""
    side: str = ""
    stage: str = ""
    measured_in: str = ""
    more_is_better: bool = True


@dataclass(frozen=True)
class FiguresPlan:
    """The whole file: the columns of unit and period, and either those of a long file or a figure for each column.

    `month` stands for the whole file where no column says the period. Unknown units are made under the unit `under`,
    called as the column `name` says, or else refused.
    """

    unit: str = ""
    period: str = ""
    month: str = ""
    measure: str = ""
    value: str = ""
    n: str = ""
    name: str = ""
    under: int | None = None
    kind: str = "site"
    figures: tuple[FigurePlan, ...] = ()

    @classmethod
    def kept(cls, said: Mapping[str, Any]) -> FiguresPlan:
        """As it was kept with the import."""
        own = {key: said[key] for key in cls.__dataclass_fields__ if key in said}
        return cls(**{**own, "figures": tuple(FigurePlan(**one) for one in own.get("figures", ()))})

    def to_keep(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @property
    def long(self) -> bool:
        """Whether a line holds one value, and a column says of what."""
        return bool(self.measure)

    def places(self, columns: Sequence[str]) -> dict[str, str]:
        """Of a wide file: column → the key under which a line has its number."""
        used = dict.fromkeys(column for one in self.figures for column in (one.column, one.n) if column)
        return {} if self.long else {column: f"c{columns.index(column)}" for column in used if column in columns}

    def mapping(self, columns: Sequence[str]) -> dict[str, str]:
        """Column → what it holds, of the columns that are wanted."""
        keys = ("unit", "period", *(("measure", "value", "n") if self.long else ()), *(("name",) if self.under else ()))
        named = {getattr(self, key): key for key in reversed(keys) if getattr(self, key)}
        return named | {column: key for column, key in self.places(columns).items() if column not in named}
