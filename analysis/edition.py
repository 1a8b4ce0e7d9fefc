"""The stored findings of a region: where they are, whether they are fresh, and how the text opens them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from analysis import freshness
from analysis.codebook import CODEBOOK
from analysis.faults import Fault, Faults
from analysis.findings.paper import Paper
from analysis.findings.registry import Registry, from_json
from analysis.region import Region, read_region

DEFAULT_REGION = "laoling"


@dataclass(frozen=True, slots=True)
class Edition:
    """A region with its inputs and stamp as they are now, and the stored findings if they are fresh."""

    root: Path
    region: Region
    inputs: Mapping[str, str]
    stamp: str
    registry: Registry | None


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


def open_edition(root: Path, slug: str) -> Edition:
    """Return the region as it is now; `registry` is None where nothing fresh is stored."""
    region = read_region(slug, root)
    inputs = freshness.inputs(root, region)
    stamp = freshness.stamp(root, inputs)
    stored = registry_path(root, slug)
    registry = from_json(stored.read_text(encoding="utf-8")) if stored.is_file() else None
    fresh = registry if registry is not None and registry.stamp == stamp else None
    return Edition(root, region, inputs, stamp, fresh)


def open_paper() -> Paper:
    """Return the findings for the paper at hand; the environment variable STUDY_REGION names the region.

    Raises Faults where they are missing or stale: a paper never shows old numbers.
    """
    slug = os.environ.get("STUDY_REGION", DEFAULT_REGION)
    edition = open_edition(project_root(), slug)
    if edition.registry is None:
        found = f"the findings of {slug} are missing or older than its files or the code"
        raise Faults([Fault("paper", found, "fresh findings", f"run `study estimate {slug}`")])
    front = front_matter(edition.region, version("laoling-study"), edition.registry)
    return Paper(edition.registry, front, figures=f"../figures/{slug}")


def front_matter(region: Region, version: str, registry: Registry) -> dict[str, str]:
    """Return the title block, and what the renderer needs to know about the region."""
    settings = region.settings
    watermark = "Synthetic data: no finding about real households" if settings.synthetic else ""
    return {
        "title": settings.title.en,
        "subtitle": f"{settings.name.en}, {settings.place.en}",
        "date": f"Edition {version}",
        "lang": "en",
        "supported": " ".join(registry.supported),
        "unsupported": " ".join(registry.unsupported),
        "watermark": watermark,
    }
