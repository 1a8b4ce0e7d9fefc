"""The recipe: from a region's files to its findings, and from its findings to its paper."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from analysis import freshness
from analysis.codebook import CODEBOOK
from analysis.estimates.effects import Effects, estimate_effects
from analysis.faults import Fault, Faults
from analysis.findings.achievements import achievement_findings
from analysis.findings.appendix import codebook_table, files_table, numbers_table
from analysis.findings.data import data_findings
from analysis.findings.effects import effect_findings
from analysis.findings.explain import explained, listed
from analysis.findings.features import REASONS, features
from analysis.findings.inference import inference_findings
from analysis.findings.kinds import Drawing, Finding
from analysis.findings.paper import Paper
from analysis.findings.problems import problem_findings
from analysis.findings.recovery import recovery_findings
from analysis.findings.registry import Registry, from_json, registry_of, to_json
from analysis.findings.texts import front_matter, texts_of
from analysis.output import write_figures, write_text
from analysis.panel.build import Panel, build_panel
from analysis.region import Region, read_region
from analysis.rendering.render import Format
from analysis.rendering.render import render as render_paper
from analysis.sources.tables import Tables, read_tables
from analysis.synthetic.known import Known, read_known
from analysis.synthetic.synthesis import synthesize as write_county
from analysis.synthetic.truth import Truth

Say = Callable[[str], None]
DEFAULT_REGION = "laoling"
PAPER = Path("report") / "paper.qmd"


def silent(step: str) -> None:
    """Say nothing."""


def project_root() -> Path:
    """Return the project that the working directory is in; raises Faults outside of one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CODEBOOK).is_file() and (folder / "_quarto.yml").is_file():
            return folder
    raise Faults([Fault(str(here), "no study here", "a folder of the project", "change into the project")])


def registry_path(root: Path, slug: str) -> Path:
    """Return where the findings of a region are stored."""
    return root / "build" / slug / "findings.json"


def fresh_registry(root: Path, slug: str, progress: Say) -> Registry:
    """Return the findings of a region: the stored ones while they are fresh, otherwise new ones."""
    region = read_region(slug, root)
    inputs = freshness.inputs(root, region)
    stamp = freshness.stamp(root, inputs)
    stored = registry_path(root, slug)
    if stored.is_file():
        registry = from_json(stored.read_text(encoding="utf-8"))
        if registry.stamp == stamp:
            return registry
    return compute(root, region, inputs, stamp, progress)


def compute(root: Path, region: Region, inputs: Mapping[str, str], stamp: str, progress: Say) -> Registry:
    """Compute every finding of a region, write its figures, then store the registry."""
    tables = read_tables(region, progress)
    progress("building the panel")
    panel = build_panel(tables.frames, region)
    progress("estimating the effects")
    effects = estimate_effects(panel, progress)
    known = read_known(region.folder / "truth.yaml") if region.settings.synthetic else None
    has = features(panel, tables.frames, region)
    progress("collecting the findings")
    findings = list(findings_of(panel, tables, effects, known, region, inputs))
    registry = registry_of(
        findings,
        supported=tuple(name for name, there in has.items() if there),
        unsupported={name: REASONS[name] for name, there in has.items() if not there},
        texts=texts_of(effects, tables.frames, region),
        inputs=inputs,
        stamp=stamp,
    )
    progress("drawing the figures")
    drawings = [finding for finding in findings if isinstance(finding, Drawing)]
    write_figures(drawings, root / "figures" / region.slug)
    write_text(registry_path(root, region.slug), to_json(registry))
    return registry


def findings_of(
    panel: Panel,
    tables: Tables,
    effects: Effects,
    known: Known | None,
    region: Region,
    inputs: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield the findings of every chapter, those of the appendix about all others last."""
    findings = [
        *data_findings(panel, tables.frames, region),
        *achievement_findings(panel, region),
        *effect_findings(effects, panel, region),
        *inference_findings(effects, panel, region),
    ]
    if features(panel, tables.frames, region)["monitoring"]:
        findings += problem_findings(tables.frames, region)
    if known is not None:
        findings += recovery_findings(effects, known, region)
    yield from findings
    yield codebook_table(region)
    yield files_table(inputs)
    yield numbers_table(findings)


def synthesize(root: Path, slug: str, seed: int | None, to: Path | None, progress: Say) -> str:
    """Write a synthetic county: the bundled one into its own folder, another seed only elsewhere."""
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


def check(root: Path, slug: str, progress: Say) -> str:
    """Read and check every file of a region; raises Faults with all that is wrong."""
    tables = read_tables(read_region(slug, root), progress)
    lines = [f"{table}: {rows:,} rows" for table, rows in tables.rows_read.items()]
    lines += [f"{table}: {reason}" for table, reason in tables.missing.items()]
    lines += [
        f"{table}: not used: {', '.join(headers)}" for table, headers in tables.unused.items() if headers
    ]
    return "\n".join(["no faults", *lines])


def paper_of(root: Path, slug: str, progress: Say = silent) -> Paper:
    """Return what the text of a region's paper asks for findings with."""
    registry = fresh_registry(root, slug, progress)
    front = front_matter(read_region(slug, root), version("laoling-study"), registry)
    return Paper(registry, front, figures=f"../figures/{slug}")


def open_paper() -> Paper:
    """Return the findings for the paper at hand; the environment variable STUDY_REGION names the region."""
    return paper_of(project_root(), os.environ.get("STUDY_REGION", DEFAULT_REGION))


def render(root: Path, slug: str, formats: Sequence[Format], progress: Say) -> str:
    """Compute what is stale, then set the paper of a region into `output/<region>/`."""
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


def describe(registry: Registry) -> str:
    """Return in one line what a registry holds."""
    counts = (len(registry.numbers), len(registry.tables), len(registry.figures))
    return "{} numbers, {} tables, {} figures".format(*counts)


def explain(root: Path, slug: str, name: str | None, progress: Say) -> str:
    """Return the passport of a finding, or the list of all."""
    registry = fresh_registry(root, slug, progress)
    return listed(registry) if name is None else explained(registry, name)
