"""Effects at a line: what happens just below it against just above."""
