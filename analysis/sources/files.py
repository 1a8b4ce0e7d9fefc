"""Find a file as received, and say which one it was."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from analysis.faults import Fault, Faults, did_you_mean
from analysis.region import Region
from analysis.region_file import File


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: `encoding` is None where the format holds no bytes of text."""

    file: str
    sha256: str
    encoding: str | None


def locate(region: Region, file: str) -> Path | None:
    """Return the file in the first of the region's raw folders that has it, None where none has."""
    paths = (region.root / folder / file for folder in region.raw_folders)
    return next((path for path in paths if path.is_file()), None)


def not_found(region: Region, entry: File) -> Faults:
    """Return the fault that names the places looked at and the nearest file present."""
    present = [
        path.name
        for folder in region.raw_folders
        for path in (region.root / folder).glob("*")
        if path.is_file()
    ]
    places = ", ".join(region.raw_folders)
    near = f"; {did_you_mean(entry.file, present)}" if present else ""
    return Faults(
        [Fault(entry.file, "no such file", f"a file of this name in {places}", f"put the file there{near}")]
    )


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
