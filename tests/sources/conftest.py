from pathlib import Path

import pytest

from .office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An empty office with a region that reads households.csv."""
    return Office(tmp_path)
