"""What each command of the study does. Heavy libraries are imported by the command that needs them."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from analysis.edition import open_edition
from analysis.faults import Fault, Faults
from analysis.findings.explain import explained, listed
from analysis.findings.registry import Registry
from analysis.region import read_region

if TYPE_CHECKING:
    from analysis.rendering.render import Format

Say = Callable[[str], None]
Battery = Literal["effects", "claims"]
"""What `study simulate` measures in many counties: the designs, or the claims about problems."""
PAPER = Path("report") / "paper.qmd"


def silent(step: str) -> None:
    """Say nothing."""


def fresh_registry(root: Path, slug: str, progress: Say) -> Registry:
    """Return the findings of a region: the stored ones while they are fresh, otherwise new ones."""
    edition = open_edition(root, slug)
    if edition.registry is not None:
        return edition.registry
    from analysis.recipe import compute

    return compute(edition, progress)


def synthesize(root: Path, slug: str, seed: int | None, to: Path | None, progress: Say) -> str:
    """Write a synthetic county: the bundled one into its own folder, another seed only elsewhere."""
    from analysis.synthetic.synthesis import synthesize as write_county
    from analysis.synthetic.truth import Truth

    region = read_region(slug, root)
    if not region.settings.synthetic:
        where = f"{region.folder / 'region.yaml'}: synthetic"
        raise Faults([Fault(where, "the region is not synthetic", "synthetic: true", "name another region")])
    if seed is not None and to is None:
        raise Faults([Fault("--seed", str(seed), "another seed with --to FOLDER", "name a folder with --to")])
    truth = Truth() if seed is None else Truth(seed=seed)
    folder = region.folder if to is None else to
    written = write_county(folder, region.codebook, region, truth=truth, progress=progress)
    return f"wrote {len(written.files)} files into {folder / 'raw'}, and {written.truth.name} beside them"


def simulate(root: Path, slug: str, batteries: Sequence[Battery], counties: int | None, progress: Say) -> str:
    """Measure many counties by each battery; with `counties` a trial of so many of each kind, not recorded.

    Batches are kept under the hash of the code they measured, so that an interrupted run is taken up again.
    """
    from analysis.simulation.batteries import BATTERIES
    from analysis.simulation.measures import performances
    from analysis.simulation.record import measured_code, write_record
    from analysis.simulation.run import simulate as run

    told = []
    for battery in batteries:
        scenarios = BATTERIES[battery].scenarios
        wanted = {name: counties or scenario.counties for name, scenario in scenarios.items()}
        code = measured_code(root, battery)
        folder = root / "build" / "simulation" / f"{battery}-{code[:16]}"
        measures = run(root, slug, battery, folder, wanted, os.cpu_count() or 1, progress)
        told.append(performances(measures).to_string(index=False, float_format=lambda value: f"{value:.4g}"))
        if counties is None:
            told.append(f"recorded in {write_record(root, battery, measures, code).relative_to(root)}")
    return "\n".join(told if counties is None else [*told, "a trial: the record is left as it is"])


def benchmark(root: Path, slug: str, progress: Say) -> str:
    """Time the study of a region and record it."""
    from analysis.benchmark import benchmark as run

    path = run(root, slug, progress)
    return f"{path.read_text(encoding='utf-8')}recorded in {path.relative_to(root)}"


def check(root: Path, slug: str, progress: Say) -> str:
    """Read and check every file of a region; raises Faults with all that is wrong."""
    from analysis.sources.tables import read_tables

    tables = read_tables(read_region(slug, root), progress)
    lines = [f"{table}: {rows:,} rows" for table, rows in tables.rows_read.items()]
    lines += [f"{table}: {reason}" for table, reason in tables.missing.items()]
    lines += [
        f"{table}: not used: {', '.join(headers)}" for table, headers in tables.unused.items() if headers
    ]
    return "\n".join(["no faults", *lines])


def render(root: Path, slug: str, formats: Sequence["Format"], progress: Say) -> str:
    """Compute what is stale, then set the paper of a region into `output/<region>/`."""
    from analysis.rendering.render import render as render_paper

    registry = fresh_registry(root, slug, progress)
    rendered = render_paper(
        root / PAPER,
        formats,
        root / "output" / slug,
        environment={"STUDY_REGION": slug},
        progress=progress,
    )
    written = "\n".join(str(path.relative_to(root)) for path in rendered.files)
    warnings = "".join(f"\nwarning: {warning}" for warning in rendered.warnings)
    return f"{describe(registry)}\n{written}{warnings}"


def check_text(root: Path) -> str:
    """Check the text of the paper without computing anything; raises Faults with all that is wrong."""
    from analysis.rendering.prose import typed_numbers
    from analysis.rendering.subset import check_sources

    faults = [*check_sources(root / PAPER), *typed_numbers(root / PAPER)]
    if faults:
        raise Faults(faults)
    return "the text keeps to the dialect, and no number is typed by hand"


def describe(registry: Registry) -> str:
    """Return in one line what a registry holds."""
    counts = (len(registry.numbers), len(registry.tables), len(registry.figures))
    return "{} numbers, {} tables, {} figures".format(*counts)


def explain(root: Path, slug: str, name: str | None, progress: Say) -> str:
    """Return the passport of a finding, or the list of all."""
    registry = fresh_registry(root, slug, progress)
    return listed(registry) if name is None else explained(registry, name)
