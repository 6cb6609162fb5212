"""LMG from the covariance matrix alone: the residual variance of all 2^p subsets, by a tree of sweeps.

Every node of the tree is a set of decided drivers, and holds the covariance of what is left given those included.
Splitting it on the next driver gives two children: *drop* it (its row and column go) and *partial it out* (one sweep
of what remains). The leaves are the subsets. A batch of matrices is processed at once, the batch as the last axis, so
that NumPy's loops are long; above `BATCH_LEVELS` the tree is walked depth first, so memory stays at a few tens of MB.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from math import factorial

import numpy as np

from kithkin.analysis.inputs import Numbers

BATCH_LEVELS = 18
ONE_THREAD_LEVELS = 21


def lmg_shares(correlation: Numbers) -> Numbers:
    """LMG shares (B, p) of B correlation matrices (B, p + 1, p + 1) whose last column is the outcome.

    share_j = Σ over subsets S without j of |S|!(p − 1 − |S|)!/p! × (R²(S ∪ j) − R²(S)) (Lindeman, Merenda, Gold 1980).
    """
    batch, q, _ = correlation.shape
    size = max(1, 2**BATCH_LEVELS >> (q - 1))
    parts = [
        _shares_of_batch(np.ascontiguousarray(correlation[start : start + size].transpose(1, 2, 0)))
        for start in range(0, batch, size)
    ]
    return np.concatenate(parts) if parts else np.empty((0, q - 1))


def _shares_of_batch(state: Numbers) -> Numbers:
    p = len(state) - 1
    base, held, _ = _weighted_sums(state, p, included=0)
    return (base - held).T


def _weighted_sums(state: Numbers, p: int, included: int) -> tuple[Numbers, Numbers, Numbers]:
    """(Σ b(S)V(S), for each undecided driver j Σ over S with j of g(S)V(S), Σ g(S)V(S)) over the subsets S below.

    V is the residual variance; b and g are the weights of `_weights`; each has the batch as its last axis.
    """
    undecided = len(state) - 1
    if undecided > BATCH_LEVELS:
        children = (state[1:, 1:], included), (_partialled(state), included + 1)
        if undecided == p > ONE_THREAD_LEVELS:  # NumPy computes outside the interpreter's lock
            with ThreadPoolExecutor(2) as two:
                halves = list(two.map(lambda child: _weighted_sums(child[0], p, child[1]), children))
        else:
            halves = [_weighted_sums(child, p, held) for child, held in children]
        (base_0, held_0, all_0), (base_1, held_1, all_1) = halves
        return base_0 + base_1, np.concatenate([all_1[None], held_0 + held_1]), all_0 + all_1
    batch = state.shape[2]
    b, g = _weights(p, undecided, included)
    residual = _residual_variances(state).reshape(-1, batch)
    base = b @ residual
    residual *= g[:, None]
    held = np.empty((undecided, batch))
    for j in range(undecided - 1, -1, -1):  # the driver split last is the leading bit of a leaf's number
        half = len(residual) // 2
        held[j] = residual[half:].sum(axis=0)
        residual = residual[:half] + residual[half:]
    return base, held, residual[0]


def _residual_variances(state: Numbers) -> Numbers:
    """V of every subset of the undecided drivers, subset-major: leaf i holds the j-th driver if bit j of i is set."""
    while len(state) > 1:
        k, nodes = len(state) - 1, state.shape[2]
        children = np.empty((k, k, 2 * nodes))
        ratio = state[0, 1:] / state[0, 0]
        for i in range(k):
            np.copyto(children[i, i:, :nodes], state[i + 1, i + 1 :])
            np.multiply(state[0, i + 1 :], ratio[i], out=children[i, i:, nodes:])
            np.subtract(state[i + 1, i + 1 :], children[i, i:, nodes:], out=children[i, i:, nodes:])
        state = children
    leaves: Numbers = state[0, 0]
    return leaves


def _partialled(state: Numbers) -> Numbers:
    pivot = state[0, 1:]
    swept: Numbers = state[1:, 1:] - pivot[:, None] * (pivot / state[0, 0])[None]
    return swept


@lru_cache(maxsize=16)  # 4 MB each at most
def _weights(p: int, undecided: int, included: int) -> tuple[Numbers, Numbers]:
    """b = |S|!(p − 1 − |S|)!/p! (0 for the full set) and g = b(S) + b of S with one driver less, by leaf number."""
    b = np.array([factorial(s) * factorial(p - 1 - s) / factorial(p) for s in range(p)] + [0.0])
    g = b + np.concatenate([[0.0], b[:-1]])
    size = np.bitwise_count(np.arange(2**undecided, dtype=np.uint32)) + included
    return b[size], g[size]
