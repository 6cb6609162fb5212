"""Moments of scores per hash bucket of respondents: all that a driver analysis with its bootstrap needs of the rows."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import numpy as np
import pandas as pd

from kithkin.analysis.drivers import Moments
from kithkin.analysis.drivers.pairs import PairMoments
from kithkin.forms.models import Field
from kithkin.insights.asking.cells import fact_table, narrowed
from kithkin.insights.asking.months import Span
from kithkin.insights.asking.narrowing import Filters
from kithkin.insights.asking.waiting import ticket_now
from kithkin.insights.engines import engine, table_of

BUCKET = "bucket"


def bucket_moments_of(table: str, fields: Sequence[Field], filters: Filters, span: Span) -> tuple[Moments, ...]:
    """The moments of complete rows, one for each bucket; the last field is the outcome.

    Scores are taken from the middle of their scale, so that no digits are lost. None where the table has no rows.
    """
    known = fact_table(table)
    if known is None:
        return ()
    source = table_of(known)
    rows = filters.placed(narrowed(source, filters.where, span))
    for field in fields:
        rows = rows.filter(rows[field.column].notnull())  # noqa: PD004 (Ibis, not pandas)
    weight = ibis.coalesce(rows["weight"].cast("float64"), ibis.literal(1.0))
    rows = rows.mutate(
        w=weight, **{f"x{i}": rows[one.column].cast("float64") - _middle(one) for i, one in enumerate(fields)}
    )
    rows = rows.filter(rows["w"] > 0)
    sums = {"n": rows.count(), "w": rows["w"].sum(), "w2": (rows["w"] * rows["w"]).sum()}
    for i in range(len(fields)):
        sums[f"s{i}"] = (rows["w"] * rows[f"x{i}"]).sum()
        for j in range(i, len(fields)):
            sums[f"p{i}_{j}"] = (rows["w"] * rows[f"x{i}"] * rows[f"x{j}"]).sum()
    grouped = rows.group_by(BUCKET).agg(**{f"t_{name}": value for name, value in sums.items()})
    found = engine().cells(grouped, ticket=ticket_now()).to_pandas().sort_values(BUCKET)
    return tuple(_moments(row, fields) for _, row in found.iterrows())


def _middle(field: Field) -> float:
    return ((field.low or 0.0) + (field.high or 0.0)) / 2


def _moments(row: pd.Series, fields: Sequence[Field]) -> Moments:
    q = len(fields)
    n, weight = int(row["t_n"]), float(row["t_w"])
    sums = np.array([float(row[f"t_s{i}"]) for i in range(q)])
    products = np.empty((q, q))
    for i in range(q):
        for j in range(i, q):
            products[i, j] = products[j, i] = float(row[f"t_p{i}_{j}"])
    mean = sums / weight
    middles = np.array([_middle(field) for field in fields])
    complete = PairMoments(
        n=np.full((q, q), n, np.int64),
        weight=np.full((q, q), weight),
        weight2=np.full((q, q), float(row["t_w2"])),
        mean=np.repeat((mean + middles)[:, None], q, axis=1),
        scatter=products - np.outer(sums, sums) / weight,
    )
    names = tuple(str(field) for field in fields[:-1])
    return Moments(names, n, complete, complete)
