"""Progress on work that takes longer than two seconds: one line a step, with its time."""

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.status import Status


class Progress:
    """Shows the step at hand on a terminal, and a line a finished step everywhere."""

    def __init__(self) -> None:
        self.console = Console(file=sys.stderr, highlight=False)
        self.status: Status | None = None
        self.step = ""
        self.began = time.monotonic()

    def __call__(self, step: str) -> None:
        """Say that `step` begins, and how long the one before it took."""
        self.finish()
        self.step, self.began = step, time.monotonic()
        if self.console.is_terminal:
            self.status = self.console.status(step)
            self.status.start()

    def finish(self) -> None:
        """Write the line of the step that ends here."""
        self.stop()
        if self.step:
            self.console.print(f"  {self.step} [dim]{time.monotonic() - self.began:.1f} s[/dim]")
            self.step = ""

    def stop(self) -> None:
        """Take the spinner off the terminal."""
        if self.status is not None:
            self.status.stop()
            self.status = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.finish()
        self.stop()
