"""One hash of the code that a simulation measures: what it does, not how it is written."""

import ast
import hashlib
from pathlib import Path

ROOMS = ("designs", "estimates", "panel", "simulation", "synthetic")
NOT_MEASURED = ("run.py", "record.py")


def code_hash(root: Path) -> str:
    """Return the SHA-256 over the syntax trees of the measured rooms, comments and docstrings left out."""
    whole = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((root / "analysis" / room).rglob("*.py")):
            if not (room == "simulation" and path.name in NOT_MEASURED):
                whole.update(path.relative_to(root).as_posix().encode())
                whole.update(essence(path.read_text(encoding="utf-8")).encode())
    return whole.hexdigest()


def essence(source: str) -> str:
    """Return a module's syntax tree without docstrings, as text."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
            and ast.get_docstring(node) is not None
        ):
            node.body = node.body[1:]
    return ast.dump(tree)
