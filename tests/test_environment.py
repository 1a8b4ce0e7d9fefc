import re
import tomllib
from pathlib import Path

import yaml

PROJECT = Path(__file__).parents[1]
CONDA = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
LOCK = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
DECLARED = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))


def test_conda_installs_the_lock_and_no_version_of_its_own():
    (by_pip,) = [entry["pip"] for entry in CONDA if isinstance(entry, dict)]
    assert by_pip == ["--require-hashes", "-r requirements.lock"]
    conda = {re.split("[=>]", entry)[0] for entry in CONDA if isinstance(entry, str)}
    assert conda == {"python", "quarto", "fonts-conda-forge", "pip"}


def test_conda_takes_a_python_that_the_project_allows():
    (python,) = [entry for entry in CONDA if isinstance(entry, str) and entry.startswith("python=")]
    assert DECLARED["project"]["requires-python"] == ">=3.11"
    assert tuple(map(int, python.removeprefix("python=").split("."))) >= (3, 11)


def test_every_declared_dependency_is_locked_with_hashes():
    locked = {
        re.sub(r"[-_.]+", "-", name).lower()
        for name in re.findall(r"^([A-Za-z0-9_.-]+)==\S+.*\\$", LOCK, flags=re.MULTILINE)
    }
    declared = [*DECLARED["project"]["dependencies"], *DECLARED["dependency-groups"]["dev"]]
    names = {re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9_.-]+", entry)[0]).lower() for entry in declared}
    assert names - locked == set()
    assert LOCK.count("==") <= LOCK.count("--hash=sha256:")
