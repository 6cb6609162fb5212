"""Change, control and capability: control charts with runs rules, changepoints, seasons, defects and Cpk."""

from kithkin.analysis.control.capability import (
    Capability,
    DefectRate,
    cp,
    cpk,
    dpmo,
    dpmo_from_sigma,
    sigma_from_dpmo,
)
from kithkin.analysis.control.changes import (
    Changepoints,
    Deseasonalised,
    Segment,
    changepoints,
    deseasonalised,
)
from kithkin.analysis.control.charts import PChart, XmRChart, laney_p, p_chart, xmr
from kithkin.analysis.control.rules import ZONES, Rule, Signal, runs_rules

__all__ = [
    "ZONES",
    "Capability",
    "Changepoints",
    "DefectRate",
    "Deseasonalised",
    "PChart",
    "Rule",
    "Segment",
    "Signal",
    "XmRChart",
    "changepoints",
    "cp",
    "cpk",
    "deseasonalised",
    "dpmo",
    "dpmo_from_sigma",
    "laney_p",
    "p_chart",
    "runs_rules",
    "sigma_from_dpmo",
    "xmr",
]
