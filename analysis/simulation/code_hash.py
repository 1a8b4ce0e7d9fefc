"""One hash of the code that a simulation measures: what it does, not how it is written."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path


def code_hash(root: Path, measured: str, *files: Path) -> str:
    """Return the SHA-256 over `files` and the syntax trees of a module and all that it imports here.

    Comments, docstrings and modules that it does not reach do not change it.
    """
    whole = hashlib.sha256(b"".join((root / path).read_bytes() for path in files))
    for path in reached(root, measured):
        whole.update(path.relative_to(root).as_posix().encode())
        whole.update(essence(path.read_text(encoding="utf-8")).encode())
    return whole.hexdigest()


def reached(root: Path, start: str) -> list[Path]:
    """Return the files of a module and of all modules of the package that it imports, directly or not."""
    waiting, found = [start], dict[str, Path]()
    while waiting:
        name = waiting.pop()
        path = root / Path(*name.split(".")).with_suffix(".py")
        if name not in found and path.is_file():
            found[name] = path
            waiting += imported(path.read_text(encoding="utf-8"))
    return sorted(found.values())


def imported(source: str) -> Iterator[str]:
    """Yield the modules that a source imports from the package."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("analysis"):
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


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
