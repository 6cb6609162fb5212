"""Pulling noisy figures towards zero, by as much as all of them together advise."""

from __future__ import annotations

import numpy as np

from kithkin.analysis.inputs import Numbers

_SPREADS = np.array([2.0, 4.0, 8.0, 16.0, 32.0, 64.0])


def shrinkage(z: Numbers) -> Numbers:
    """How much of each figure is kept, 0…1, given its z: the posterior mean under a mixture of nothing and something.

    Some of the figures are zero; the others come from N(0, g) in standard errors. The share of them and g are those of
    the largest marginal likelihood over all z (Johnstone, Silverman 2004, Needles and straw in haystacks, Annals of
    Statistics 32). The centre is zero: nothing is pulled towards a hoped-for value.

    >>> shrinkage(np.array([0.2, -0.5, 1.1, -0.3, 0.7, 4.5])).round(2).tolist()
    [0.06, 0.07, 0.1, 0.06, 0.08, 0.94]
    """
    if not z.size:
        return z
    spreads = _SPREADS[:, None]
    exponent = -(z**2) / 2
    null, something = np.exp(exponent), np.exp(exponent / (1 + spreads)) / np.sqrt(1 + spreads)
    shares = np.geomspace(1 / z.size, 0.9, 12)[:, None, None] if z.size > 1 else np.full((1, 1, 1), 0.5)
    marginal = np.maximum((1 - shares) * null + shares * something, np.finfo(float).tiny)
    share, spread = np.unravel_index(np.log(marginal).sum(axis=-1).argmax(), marginal.shape[:2])
    chance = shares[share, 0] * something[spread] / marginal[share, spread]
    return np.asarray(chance * _SPREADS[spread] / (1 + _SPREADS[spread]))
