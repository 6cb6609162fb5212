"""The reference says what the program does, because the program writes it."""

import importlib.util
from pathlib import Path

import pytest

MAKE = Path(__file__).parents[2] / "docs/reference/make.py"


def generated() -> dict[Path, str]:
    spec = importlib.util.spec_from_file_location("reference_make", MAKE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


@pytest.mark.parametrize(("path", "text"), generated().items(), ids=lambda value: getattr(value, "name", ""))
def test_generated_file_is_up_to_date(path, text):
    assert path.read_text("utf-8") == text, "run: python docs/reference/make.py"
