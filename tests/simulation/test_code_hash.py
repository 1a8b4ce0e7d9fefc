from analysis.simulation.code_hash import code_hash, essence


def test_docstrings_and_comments_do_not_change_what_code_does():
    assert essence('def f(x):\n    """One."""\n    return x\n') == essence(
        "def f(x):\n    # none\n    return x\n"
    )


def test_a_changed_constant_changes_what_code_does():
    assert essence("LEVEL = 0.95\n") != essence("LEVEL = 0.90\n")


def test_the_hash_changes_with_a_module_of_a_measured_room(tmp_path):
    module = tmp_path / "analysis" / "estimates" / "a.py"
    module.parent.mkdir(parents=True)
    module.write_text("A = 1\n", encoding="utf-8")
    before = code_hash(tmp_path)
    module.write_text("A = 2\n", encoding="utf-8")
    assert code_hash(tmp_path) != before
