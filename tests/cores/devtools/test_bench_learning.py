"""Benchmarks of learners without files of their own: how public ones are divided."""

import importlib.util

import pytest

from devtools.settings import ROOT

SPEC = importlib.util.spec_from_file_location(
    "bench_learning", ROOT / "tests/bench/learning.py"
)
learning = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(learning)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cars.csv"
    lines = [f"{number},t{number // 4}" for number in range(400)]
    path.write_text("\n".join(["number,title", *lines]), encoding="utf-8")
    return path


def rows(path):
    table = learning.read(path)
    return list(zip(table.column("number"), table.column("title"), strict=True))


def test_later_rows_judge(file, tmp_path):
    train, test = map(rows, learning.split(file, tmp_path))
    assert [int(number) for number, _title in train] == list(range(300))
    assert [int(number) for number, _title in test] == list(range(300, 400))


def test_a_group_is_never_on_both_sides(file, tmp_path):
    paths = learning.split(file, tmp_path, lambda row: row["title"])
    train, test = map(rows, paths)
    assert len(train) + len(test) == 400
    assert 0.6 < len(train) / 400 < 0.9
    assert not {title for _n, title in train} & {title for _n, title in test}


def test_the_division_is_the_same_each_time(file, tmp_path):
    divided = []
    for name in "ab":
        folder = tmp_path / name
        folder.mkdir()
        parts = learning.split(file, folder, lambda row: row["title"])
        divided.append([path.read_bytes() for path in parts])
    assert divided[0] == divided[1]


def test_it_runs_on_both_parts_and_says_how_they_were_made(
    file, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(learning, "SHELF", tmp_path)
    given = []
    runs = [("cars.csv", None, ["--target", "x"])]
    assert learning.on_public_data(("b", lambda a: given.append(a) or 0), runs) == 0
    assert given[0][0::2][:2] == ["--train", "--test"]
    assert given[0][-2:] == ["--target", "x"]
    assert "75%" in capsys.readouterr().out


def test_the_worst_outcome_counts(file, tmp_path, monkeypatch):
    monkeypatch.setattr(learning, "SHELF", tmp_path)
    codes = iter([2, 0])
    runs = [("cars.csv", None, []), ("cars.csv", None, [])]
    assert learning.on_public_data(("b", lambda _a: next(codes)), runs) == 2


def test_without_the_files_it_is_skipped_and_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(learning, "SHELF", tmp_path)
    assert learning.on_public_data(("b", None), [("none.csv", None, [])]) == 0
    assert "skipped" in capsys.readouterr().out
