"""The command line: one subcommand a task."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from analysis import study
from analysis.edition import DEFAULT_REGION, project_root
from analysis.faults import Faults, did_you_mean
from analysis.progress import Progress

Format = Literal["html", "pdf", "docx"]


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(prog="study", description="From a bureau's files to a paper.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    region = argparse.ArgumentParser(add_help=False)
    default = os.environ.get("STUDY_REGION", DEFAULT_REGION)
    region.add_argument("region", nargs="?", default=default, help=f"a folder of data/ (default: {default})")

    synthesize = commands.add_parser("synthesize", parents=[region], help="write the synthetic files anew")
    synthesize.add_argument("--seed", type=int, help="another county of the same kind; needs --to")
    synthesize.add_argument("--to", type=Path, help="folder to write to instead of the region's own")
    simulate = commands.add_parser(
        "simulate", parents=[region], help="hold every design against many counties of known truth"
    )
    simulate.add_argument("--battery", choices=get_args(study.Battery), action="append", help="default: both")
    simulate.add_argument("--counties", type=positive, help="a trial with so many of each kind, not recorded")
    commands.add_parser("benchmark", parents=[region], help="time the study, and record it")
    commands.add_parser("check", parents=[region], help="read and validate the files, list every fault")
    commands.add_parser("estimate", parents=[region], help="compute every number, table and figure")
    render = commands.add_parser("render", parents=[region], help="compute what is stale, then set the paper")
    render.add_argument(
        "--to", type=formats, default="html,pdf", help="html, pdf, docx, with commas (default: html,pdf)"
    )
    explain = commands.add_parser("explain", help="show the passport of a number, table or figure")
    explain.add_argument("id", nargs="?", help="without an id, all ids are listed")
    explain.add_argument("--region", default=default)
    commands.add_parser(
        "check-text", help="check the text of the paper: dialect, and no number typed by hand"
    )
    return top


def formats(words: str) -> tuple[Format, ...]:
    """Return the formats of a list with commas; raises ArgumentTypeError on an unknown one."""
    chosen = tuple(word for word in get_args(Format) if word in words.split(","))
    unknown = [word for word in words.split(",") if word not in get_args(Format)]
    if unknown:
        raise argparse.ArgumentTypeError(f"{did_you_mean(unknown[0], get_args(Format))} (got {unknown[0]!r})")
    return chosen


def positive(word: str) -> int:
    """Return a whole number of one or more; raises ArgumentTypeError on anything else."""
    if not word.isdecimal() or int(word) < 1:
        raise argparse.ArgumentTypeError(f"a whole number of 1 or more (got {word!r})")
    return int(word)


def run(arguments: argparse.Namespace, progress: Progress) -> str:
    """Carry out one command and return what it says at the end."""
    root = project_root()
    match arguments.command:
        case "synthesize":
            return study.synthesize(root, arguments.region, arguments.seed, arguments.to, progress)
        case "simulate":
            batteries = arguments.battery or get_args(study.Battery)
            return study.simulate(root, arguments.region, batteries, arguments.counties, progress)
        case "benchmark":
            return study.benchmark(root, arguments.region, progress)
        case "check":
            return study.check(root, arguments.region, progress)
        case "estimate":
            return study.describe(study.fresh_registry(root, arguments.region, progress))
        case "render":
            return study.render(root, arguments.region, arguments.to, progress)
        case "check-text":
            return study.check_text(root)
        case _:
            return study.explain(root, arguments.region, arguments.id, progress)


def main(words: Sequence[str] | None = None) -> int:
    """Run the command line; exit code 2 and no traceback where the user can mend what is wrong."""
    arguments = parser().parse_args(words)
    with Progress() as progress:
        try:
            said = run(arguments, progress)
        except Faults as faults:
            progress.stop()
            count = len(faults.faults)
            print(f"{count} thing{'s' if count > 1 else ''} to mend:\n\n{faults}", file=sys.stderr)
            return 2
    print(said)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
