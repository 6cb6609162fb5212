"""What a column may be."""

import numpy as np
import pytest

from kithkin.analysis.errors import BadShape
from kithkin.analysis.inputs import labels, numbers


@pytest.mark.parametrize(
    ("value", "got"),
    [(3.0, "a single float"), (7, "a single int"), (None, "nothing (None)"), ("7", "a single str"),
     (np.float64(3), "a single float64")],
)  # fmt: skip
def test_single_value_is_no_column(value, got):
    with pytest.raises(BadShape) as refused:
        numbers(value, "scores")
    assert str(refused.value) == f"scores: expected a column of numbers, got {got}."
    with pytest.raises(BadShape) as refused:
        labels(value, "group")
    assert str(refused.value) == f"group: expected a column of labels, got {got}."
