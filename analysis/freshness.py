"""Whether stored findings still belong to the files and the code that are there now."""

import hashlib
import platform
from collections.abc import Iterator, Mapping
from pathlib import Path

from analysis.codebook import CODEBOOK
from analysis.region import Region
from analysis.sources.files import digest, locate

DECLARED = ("data/specifications.yaml", "data/claims.yaml")
NOT_IN_NUMBERS = ("rendering", "benchmark.py", "cli.py", "progress.py")


def input_files(root: Path, region: Region) -> Iterator[Path]:
    """Yield the files that the numbers of a region come from, settings first."""
    yield root / CODEBOOK
    yield region.folder / "region.yaml"
    yield from (path for path in (root / name for name in DECLARED) if path.is_file())
    truth = region.folder / "truth.yaml"
    if truth.is_file():
        yield truth
        yield from sorted((root / "data" / "simulation").glob("*/*"))
    for name in dict.fromkeys(entry.file for entry in region.settings.tables.values()):
        found = locate(region, name)
        if found is not None:
            yield found


def inputs(root: Path, region: Region) -> dict[str, str]:
    """Return the SHA-256 of each input by its name."""
    return {shown(root, path): digest(path) for path in input_files(root, region)}


def shown(root: Path, path: Path) -> str:
    """Return a path as the paper may show it: within the project, or the name alone."""
    whole, top = path.resolve(), root.resolve()
    return whole.relative_to(top).as_posix() if whole.is_relative_to(top) else path.name


def stamp(root: Path, given: Mapping[str, str]) -> str:
    """Return one hash over inputs, code, locked libraries and Python version."""
    whole = hashlib.sha256(platform.python_version().encode())
    for name, content in given.items():
        whole.update(f"{name}={content};".encode())
    for path in code_files(root):
        whole.update(f"{path.relative_to(root).as_posix()}={digest(path)};".encode())
    return whole.hexdigest()


def code_files(root: Path) -> list[Path]:
    """Return the code that makes numbers, and the lock."""
    modules = [
        path
        for path in sorted((root / "analysis").rglob("*.py"))
        if not set(NOT_IN_NUMBERS) & set(path.relative_to(root).parts)
    ]
    return [*modules, root / "requirements.lock"]
