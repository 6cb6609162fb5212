"""How much of the outcome's variance each driver explains."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from kithkin.analysis.drivers.correlation import Correlation, Missing, correlation
from kithkin.analysis.drivers.moments import Moments
from kithkin.analysis.drivers.subsets import lmg_shares
from kithkin.analysis.errors import BadParameter
from kithkin.analysis.inputs import Numbers
from kithkin.analysis.results import Result

LMG_LIMIT = 25
LMG_AT_ONCE = 20


class Method(StrEnum):
    """How shares are computed; AUTO takes LMG where it is quick, Johnson's weights beyond."""

    AUTO = "auto"
    LMG = "lmg"
    JOHNSON = "johnson"


@dataclass(frozen=True)
class Importance(Result):
    """The R² of all drivers together and each driver's share of it, in the unit of R² (0…1); shares sum to R².

    `n` is the least number of rows behind any figure (all complete rows, or the rarest pair of answers), `dropped` the
    rows left out for missing answers or zero weight, `missing` which moments were used.
    """

    r2: float
    shares: dict[str, float]
    n: int
    n_effective: float
    dropped: int
    method: Method
    missing: Missing

    def __str__(self) -> str:
        width = max(map(len, self.shares))
        ranked = sorted(self.shares.items(), key=lambda item: -item[1])
        lines = [f"{name:<{width}}  {share:8.6f}  {_percent(share, self.r2):5.1f} %" for name, share in ranked]
        return "\n".join([f"R² {self.r2:.6f} ({self.method}, n = {self.n:,}, {self.dropped:,} rows left out)", *lines])


def lmg(moments: Moments, *, missing: Missing | str = Missing.COMPLETE) -> Importance:
    """LMG shares, alias Shapley values or general dominance: the mean gain in R² over all orders of entry.

    share_j = Σ over subsets S without j of |S|!(p − 1 − |S|)!/p! × (R²(S ∪ j) − R²(S)).
    Source: Lindeman, Merenda, Gold (1980); Grömping (2006). Assumes a linear relation; the shares describe association,
    not cause. All 2^p subsets are computed from the weighted covariance matrix: exact, up to 25 drivers.

    `missing` "complete" uses rows without a missing answer; "pairwise" the rows of each pair of columns, where those
    moments are positive definite, else complete rows: the result's `missing` says which.

    Raises BadParameter above 25 drivers, Degenerate naming constant or collinear columns, NotEnoughData for fewer rows
    than drivers + 2, EmptyInput without any complete row.

    >>> moments = Moments.from_data([[1, 2], [2, 1], [3, 5], [4, 3], [5, 6]], [1, 3, 2, 5, 4], names=["speed", "care"])
    >>> lmg(moments).shares
    {'speed': 0.7874, 'care': 0.1998}
    """
    if len(moments.names) > LMG_LIMIT:
        raise BadParameter(
            f"drivers: {len(moments.names)} given, LMG goes up to {LMG_LIMIT}. Use relative_weights (Johnson) instead."
        )
    return _importance(correlation(moments, Missing(missing)), Method.LMG)


def relative_weights(moments: Moments, *, missing: Missing | str = Missing.COMPLETE) -> Importance:
    """Relative weights: shares of R² through the orthogonal variables closest to the drivers.

    With Rxx = VΛVᵀ and the root T = VΛ^½Vᵀ: share_j = Σ_k T_jk² (T⁻¹ r_xy)_k². Source: Johnson (2000). Any number of
    drivers; close to LMG, not equal. Assumptions, `missing` and errors as in `lmg`.

    >>> moments = Moments.from_data([[1, 2], [2, 1], [3, 5], [4, 3], [5, 6]], [1, 3, 2, 5, 4], names=["speed", "care"])
    >>> relative_weights(moments).shares
    {'speed': 0.7874, 'care': 0.1998}
    """
    return _importance(correlation(moments, Missing(missing)), Method.JOHNSON)


def importance(
    moments: Moments, method: Method | str = Method.AUTO, *, missing: Missing | str = Missing.COMPLETE
) -> Importance:
    """`lmg` or `relative_weights`; "auto" is LMG up to 20 drivers (a million subsets), Johnson's weights beyond.

    >>> importance(Moments.from_data([[1], [2], [3], [4]], [1, 2, 2, 4])).method
    <Method.LMG: 'lmg'>
    """
    chosen = chosen_method(method, len(moments.names), LMG_AT_ONCE)
    return lmg(moments, missing=missing) if chosen is Method.LMG else relative_weights(moments, missing=missing)


def chosen_method(method: Method | str, p: int, lmg_up_to: int) -> Method:
    """The method that AUTO stands for with p drivers; BadParameter for a name that is none."""
    try:
        asked = Method(method)
    except ValueError:
        raise BadParameter(f"method: {method!r} given; there are {', '.join(Method)}.") from None
    if asked is not Method.AUTO:
        return asked
    return Method.LMG if p <= lmg_up_to else Method.JOHNSON


def shares_of(matrices: Numbers, method: Method) -> Numbers:
    """Shares (B, p) of B positive definite correlation matrices (B, p + 1, p + 1), outcome last, kept within 0…1."""
    shares = lmg_shares(matrices) if method is Method.LMG else _relative_weights(matrices)
    return np.clip(shares, 0.0, 1.0)


def r2_of(matrices: Numbers) -> Numbers:
    """R² (B) of the outcome, the last column, on all others, kept within 0…1."""
    xy = matrices[:, :-1, -1:]
    r2: Numbers = np.clip((xy * np.linalg.solve(matrices[:, :-1, :-1], xy)).sum(axis=(1, 2)), 0.0, 1.0)
    return r2


def _relative_weights(matrices: Numbers) -> Numbers:
    values, vectors = np.linalg.eigh(matrices[:, :-1, :-1])
    root = np.sqrt(values)[:, None, :]
    transposed = vectors.transpose(0, 2, 1)
    loadings = (vectors * root) @ transposed
    slopes = (vectors / root) @ transposed @ matrices[:, :-1, -1:]
    shares: Numbers = (loadings**2 @ slopes**2)[:, :, 0]
    return shares


def _importance(source: Correlation, method: Method) -> Importance:
    matrices = source.matrix[None]
    shares = shares_of(matrices, method)[0]
    return Importance(
        r2=float(r2_of(matrices)[0]),
        shares={name: float(share) for name, share in zip(source.names, shares, strict=True)},
        n=source.n,
        n_effective=source.n_effective,
        dropped=source.dropped,
        method=method,
        missing=source.missing,
    )


def _percent(share: float, r2: float) -> float:
    return 100 * share / r2 if r2 > 0 else 0.0
