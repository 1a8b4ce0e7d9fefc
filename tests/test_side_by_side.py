import os
import time
from functools import partial
from pathlib import Path

import pytest

from analysis.faults import Fault, Faults
from analysis.side_by_side import Workers


def silent(step: str) -> None:
    pass


def broken() -> None:
    raise Faults([Fault("panel, column 'y'", "empty", "numbers", "fill it")])


def slow(folder: Path) -> None:
    (folder / "started").touch()
    time.sleep(0.5)
    (folder / "ended").touch()


def broken_beside(folder: Path) -> None:
    while not (folder / "started").exists():
        time.sleep(0.01)
    raise KeyboardInterrupt


def jobs() -> dict[str, partial[int]]:
    return {"three": partial(pow, 3, 2), "two": partial(pow, 2, 2), "one": partial(pow, 1, 2)}


@pytest.mark.parametrize("processors", [1, 2])
def test_what_jobs_return_comes_in_the_order_given(processors, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    said: list[str] = []
    with Workers() as workers:
        assert list(workers.run("squaring", jobs(), said.append).items()) == [
            ("three", 9),
            ("two", 4),
            ("one", 1),
        ]
        assert workers.run("again", {"four": partial(pow, 4, 2)}, silent) == {"four": 16}
    assert said == (["squaring: 1 of 3", "squaring: 2 of 3", "squaring: 3 of 3"] if processors > 1 else [])


def test_faults_of_a_job_arrive_whole():
    with Workers() as workers, pytest.raises(Faults) as caught:
        workers.run("failing", {"broken": broken}, silent)
    assert caught.value.faults[0].mend == "fill it"
    assert "panel, column 'y': empty" in str(caught.value)


def test_where_one_job_fails_the_others_have_ended_when_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    beside = {"slow": partial(slow, tmp_path), "broken": partial(broken_beside, tmp_path)}
    with Workers() as workers:
        with pytest.raises(KeyboardInterrupt):
            workers.run("failing", beside, silent)
        assert (tmp_path / "ended").exists()
