import numpy as np

from kithkin.analysis.linkage.shrinkage import shrinkage


def test_figures_that_look_like_chance_are_pulled_to_zero_together():
    z = np.random.default_rng(0).normal(size=200)
    assert np.abs(shrinkage(z) * z).max() < 0.6


def test_a_figure_far_from_chance_is_kept():
    z = np.append(np.random.default_rng(0).normal(size=11), 8.0)
    assert shrinkage(z)[-1] > 0.9


def test_it_never_turns_nor_enlarges_a_figure():
    kept = shrinkage(np.linspace(-9, 9, 50))
    assert ((kept > 0) & (kept <= 1)).all()


def test_nothing_is_shrunk_to_nothing():
    assert shrinkage(np.array([])).size == 0
