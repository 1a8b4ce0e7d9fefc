"""Write results so that an interrupted run leaves the last good ones whole."""

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt

from analysis.findings.drawings import Drawing
from analysis.findings.style import SettledLayout, house_style, sign
from analysis.side_by_side import Workers


@contextmanager
def replaced_folder(folder: Path) -> Iterator[Path]:
    """Give a new folder to write to; it takes the place of `folder` once the block ends well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield fresh
        fresh.chmod(0o755)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
            folder.replace(old / folder.name)
            fresh.replace(folder)
            shutil.rmtree(old)
        else:
            fresh.replace(folder)
    finally:
        if fresh.exists():
            shutil.rmtree(fresh)


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def write_figures(
    drawings: Iterable[Drawing],
    folder: Path,
    mark: str,
    workers: Workers,
    progress: Callable[[str], None],
) -> None:
    """Write each figure as SVG and PNG with a mark at its foot, its data as CSV, its words as JSON."""
    with replaced_folder(folder) as fresh:
        jobs = {drawing.id: partial(write_figure, drawing, fresh, mark) for drawing in drawings}
        workers.run("drawing the figures", jobs, progress)


def write_figure(drawing: Drawing, folder: Path, mark: str) -> None:
    """Write the files of one figure."""
    with house_style():
        canvas = drawing.draw(drawing.data)
        canvas.set_layout_engine(SettledLayout())
        if mark:
            sign(canvas, mark)
        canvas.savefig(folder / f"{drawing.id}.svg", metadata={"Date": None, "Creator": None})
        canvas.savefig(folder / f"{drawing.id}.png", metadata={"Software": None})
        plt.close(canvas)
    drawing.data.to_csv(folder / f"{drawing.id}.csv", index=False, lineterminator="\n")
    about = {"caption": drawing.caption, "alt": drawing.alt, "maker": drawing.maker}
    text = json.dumps(about, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{drawing.id}.json").write_text(text, encoding="utf-8")
