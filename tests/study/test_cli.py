import subprocess
import sys
from pathlib import Path

import pytest

from analysis.cli import main, parser

PROJECT = Path(__file__).parents[2]


def test_a_fault_ends_with_code_2_and_without_a_traceback():
    done = subprocess.run(
        [sys.executable, "-m", "analysis.cli", "check", "laolin"], cwd=PROJECT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert done.stderr == (
        "1 thing to mend:\n\n"
        "data/laolin/region.yaml: unknown region 'laolin'\n"
        "    allowed: hisp, laoling\n"
        "    mend: did you mean 'laoling'?\n"
    ).replace("data/laolin", f"{PROJECT}/data/laolin")


def test_an_unknown_format_is_refused_with_the_nearest_one(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["render", "--to", "html,pfd"])
    assert ended.value.code == 2
    assert "did you mean 'pdf'?" in capsys.readouterr().err


def test_another_seed_needs_a_folder_of_its_own(monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    assert main(["synthesize", "--seed", "1"]) == 2
    assert "another seed with --to FOLDER" in capsys.readouterr().err


def test_a_real_region_is_not_synthesized(monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    assert main(["synthesize", "hisp"]) == 2
    assert "the region is not synthetic" in capsys.readouterr().err


def test_every_command_is_in_the_readme():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    commands = next(action for action in parser()._actions if action.dest == "command").choices
    assert [name for name in commands if f"study {name}" not in readme] == []
