"""The share of promises that were kept, per relation, unit and month, out of the requests."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kithkin.insights.asking.dimensions import UNIT, member_of
from kithkin.insights.asking.places import Places
from kithkin.insights.engines import engine, table_of
from kithkin.platform.registries.facts import fact_tables

TABLE = "requests"
COLUMNS = ("unit", "period", "link", "score", "n", "sd")


def attainment(level: str, places: Places, names: dict[str, str]) -> pd.DataFrame:
    """Unit, period, link, score (kept, in per cent), n, sd; `names` learns what the units are called."""
    cells = _counted()
    if cells.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    cells["unit"] = [
        placed(member_of(unit), month, level, places, names)
        for unit, month in zip(cells[UNIT], cells["month"], strict=True)
    ]
    cells["link"] = cells["link"].map(member_of)
    cells = cells[(cells["unit"] != "") & (cells["link"] != "")]
    rows = cells.groupby(["unit", "month", "link"], as_index=False)[["n", "kept"]].sum()
    share = rows["kept"] / rows["n"]
    rows = rows.assign(period=rows["month"], score=100 * share, sd=100 * np.sqrt(share * (1 - share)))
    return rows[list(COLUMNS)]


def placed(known: str, month: str, level: str, places: Places, names: dict[str, str]) -> str:
    """The unit of that level that a unit belonged to that month, which `names` learns; "" where there is none."""
    if not known:
        return ""
    if level == UNIT:
        names[known] = places.name(int(known), month)
        return known
    node = places.above(int(known), month, level.removeprefix(f"{UNIT}-"))
    if node is None:
        return ""
    names[str(node.id)] = node.name
    return str(node.id)


def _counted() -> pd.DataFrame:
    known = fact_tables().get(TABLE)
    if known is None or "kept" not in known.schema.names:
        return pd.DataFrame(columns=["link", UNIT, "month", "n", "kept"])
    table = table_of(known)
    rows = table.filter(table["kept"].notnull(), table["link"].notnull())  # noqa: PD004 (Ibis, not pandas)
    kept = rows["kept"].cast("int64").sum().cast("float64")
    return (
        engine()
        .cells(rows.group_by(["link", UNIT, "month"]).agg(n=rows.count().cast("float64"), kept=kept))
        .to_pandas()
    )
