"""Puts finished files in place: all of them when every one is complete, otherwise none."""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Draft:
    """Finished files, not yet in their place, with the warnings that came up."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """Files of one rendering, what was noticed, and the seconds each step took."""

    files: tuple[Path, ...]
    warnings: tuple[str, ...]
    seconds: tuple[tuple[str, float], ...]


class Stopwatch:
    """Seconds spent in each named step."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self._progress = progress
        self._spent: dict[str, float] = {}

    def announce(self, text: str) -> None:
        """Say what happens now, without timing it."""
        self._progress(text)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Announce a step and time it."""
        self._progress(name)
        begin = time.perf_counter()
        yield
        self._spent[name] = time.perf_counter() - begin

    @property
    def seconds(self) -> tuple[tuple[str, float], ...]:
        """Steps in order with their seconds."""
        return tuple(self._spent.items())


@contextmanager
def workshop(destination: Path) -> Iterator[Path]:
    """A folder on the same disk as `destination`, gone at the end."""
    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{destination.name}-", dir=destination.parent) as folder:
        yield Path(folder)


def publish(finished: Sequence[Path], destination: Path) -> tuple[Path, ...]:
    """Move finished files into `destination`, each in one step."""
    destination.mkdir(exist_ok=True)
    return tuple(path.replace(destination / path.name) for path in finished)
