"""One truth gives one set of bytes, and the committed files are those of the bundled truth."""

from hashlib import sha256

from analysis.settings import read_yaml
from analysis.synthetic.known import read_known
from analysis.synthetic.synthesis import synthesize
from analysis.synthetic.truth import Truth


def bytes_under(folder):
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_county_written_twice_has_the_same_bytes(tmp_path, laoling, small):
    for name in ("once", "again"):
        synthesize(tmp_path / name, laoling.codebook, laoling, truth=Truth(**small))
    assert bytes_under(tmp_path / "once") == bytes_under(tmp_path / "again")


def test_another_seed_changes_every_file_of_records(tmp_path, laoling, small):
    for seed in (1, 2):
        synthesize(tmp_path / str(seed), laoling.codebook, laoling, truth=Truth(**small, seed=seed))
    one, two = bytes_under(tmp_path / "1"), bytes_under(tmp_path / "2")
    assert one.keys() == two.keys()
    assert not [name for name in one if one[name] == two[name]]


def test_the_committed_files_are_what_the_bundled_truth_gives(tmp_path, laoling):
    synthesize(tmp_path, laoling.codebook, laoling)
    for name, fresh in bytes_under(tmp_path).items():
        assert (laoling.folder / name).read_bytes() == fresh, f"{name}: run `study synthesize`"


def test_the_committed_checksums_match_the_committed_files(laoling):
    lines = (laoling.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    named = dict(reversed(line.split("  ")) for line in lines)
    raw = {f"raw/{path.name}" for path in laoling.raw.iterdir()}
    assert set(named) == raw | {"truth.yaml"}
    for name, checksum in named.items():
        assert sha256((laoling.folder / name).read_bytes()).hexdigest() == checksum


def test_the_committed_raw_files_are_at_most_25_megabytes(laoling):
    assert sum(path.stat().st_size for path in laoling.raw.iterdir()) <= 25_000_000


def test_truth_is_written_with_its_meaning_and_the_realised_effects(tmp_path, laoling, small):
    written = synthesize(tmp_path, laoling.codebook, laoling, truth=Truth(**small, post_band="kink"))
    content = read_yaml(written.truth)
    assert content["planted"]["post_band"]["value"] == "kink"
    assert content["planted"]["post_gains"]["value"] == [0.30, 0.65, 0.15]
    assert all(entry["meaning"] for entry in content["planted"].values())
    known = read_known(written.truth)
    for instrument in ("subsidies", "projects", "posts"):
        for outcome in ("income_total", f"income_without_{instrument}", "income_wages"):
            assert known.effect(instrument, outcome) == round(written.county.effect(instrument, outcome), 6)
