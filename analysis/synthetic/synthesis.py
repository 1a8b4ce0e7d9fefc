"""Write a county to disk: raw files as a bureau exports them, the truth behind them, and checksums."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from analysis.codebook import Codebook
from analysis.region import Region
from analysis.region_file import INSTRUMENTS
from analysis.synthetic.county import County, draw_county, silent
from analysis.synthetic.effects import UNITS
from analysis.synthetic.export import write_raw
from analysis.synthetic.truth import Truth, meanings

HEAD = (
    "# Synthetic county, made by `study synthesize`: what was planted, and the effects that it really had.\n"
)


@dataclass(frozen=True, slots=True)
class Synthesis:
    """What was written, and the county it came from."""

    county: County
    files: tuple[Path, ...]
    truth: Path
    checksums: Path


def synthesize(
    destination: Path,
    codebook: Codebook,
    region: Region,
    *,
    truth: Truth | None = None,
    progress: Callable[[str], None] = silent,
) -> Synthesis:
    """Write `raw/`, `truth.yaml` and `SHA256SUMS` under `destination`; one truth, one set of bytes."""
    county = draw_county(truth or Truth(), codebook, region, progress)
    raw = destination / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    progress("writing files")
    files = write_raw(county.tables, raw, codebook, region)
    truth_file = destination / "truth.yaml"
    content = yaml.safe_dump(truth_content(county), allow_unicode=True, sort_keys=False, width=110)
    truth_file.write_text(HEAD + content, encoding="utf-8", newline="\n")
    checksums = destination / "SHA256SUMS"
    checksums.write_text(checksum_lines([*files, truth_file], destination), encoding="utf-8", newline="\n")
    return Synthesis(county, files, truth_file, checksums)


def truth_content(county: County) -> dict[str, Any]:
    """Return planted parameters with their meaning, township rules, and realised effects, ready for YAML."""
    planted = {
        name: {"meaning": meaning, "value": plain(getattr(county.truth, name))}
        for name, meaning in meanings().items()
    }
    rules = county.setting.townships
    townships = {
        str(code): {
            "line_factor": round(float(rules.line_factor[k]), 4),
            "exit_multiple": round(float(rules.exit_multiple[k]), 4),
            "minimum_spell": int(rules.minimum_spell[k]),
            "age_limit": int(rules.age_limit[k]),
            "motivation": round(float(rules.motivation[k]), 4),
        }
        for k, code in enumerate(rules.code)
    }
    return {"planted": planted, "townships": townships, "realised": realised_content(county)}


def realised_content(county: County) -> dict[str, Any]:
    """Return the realised effects by instrument and outcome, and those of projects by event year."""
    content: dict[str, Any] = {}
    for instrument in INSTRUMENTS:
        mine = [effect for effect in county.effects if effect.instrument == instrument]
        content[instrument] = {
            "unit": UNITS[instrument],
            "treated_household_years": mine[0].treated,
            "outcomes": {e.outcome: round(e.value, 6) for e in mine if e.event_year is None},
        }
        years = {e.event_year: round(e.value, 6) for e in mine if e.event_year is not None}
        if years:
            content[instrument]["income_total_by_event_year"] = years
    return content


def plain(value: Any) -> Any:
    """Return tuples as lists, everything else as it is."""
    return list(value) if isinstance(value, tuple) else value


def checksum_lines(files: list[Path], folder: Path) -> str:
    """Return the checksums of the files in the form that `sha256sum --check` reads."""
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}" for path in files
    ]
    return "".join(f"{line}\n" for line in sorted(lines, key=lambda line: line.split("  ", 1)[1]))
