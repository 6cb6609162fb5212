"""x"""

from pathlib import Path
from kithkin.tables.rows import Format


def open_xlsx(path: Path) -> Format:
    """X."""
    raise NotImplementedError
