"""The panel that single answers and requests make, counted by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from kithkin.analysis import linkage
from kithkin.analysis.linkage.report import WeakLinkReport
from kithkin.demo.company import TARGET, Company, simulate
from kithkin.demo.records.months import months_before
from kithkin.demo.records.outside import outside_answers
from kithkin.demo.records.service import service_answers
from kithkin.demo.structure import SERVICES


def found_in_answers(seed: int, weak_link: str | None, today: Any) -> WeakLinkReport:
    """What the search says of a company's single answers."""
    company = simulate(seed=seed, months=months_before(today, 24), weak_link=weak_link)
    return linkage.weak_links(links(company), outcomes(company), company.service_map)


def links(company: Company) -> pd.DataFrame:
    """Score, n and spread of each relation, branch and month."""
    told = service_answers(company)
    names = np.array([one.link for one in SERVICES])[told.link]
    rows = pd.DataFrame({"link": names, "unit": told.unit, "period": told.month, "score": 10 * told.overall})
    return _cells(rows, company, ["link", "unit", "period"]).assign(target=TARGET)


def outcomes(company: Company) -> pd.DataFrame:
    """NPS, n and spread of each branch and month."""
    told = outside_answers(company, known=0)
    net = 100.0 * ((told.score >= 9).astype(int) - (told.score <= 6).astype(int))
    rows = pd.DataFrame({"unit": told.unit, "period": told.month, "score": net})
    return _cells(rows, company, ["unit", "period"])


def _cells(rows: pd.DataFrame, company: Company, keys: list[str]) -> pd.DataFrame:
    cells = rows.groupby(keys)["score"].agg(["mean", "count", "std"]).reset_index()
    cells = cells.rename(columns={"mean": "score", "count": "n", "std": "sd"})
    cells["unit"] = np.array(company.units)[cells["unit"]]
    cells["period"] = np.array(company.periods)[cells["period"]]
    return cells
