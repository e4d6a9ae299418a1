"""The benchmark command: what it reads, writes and prints."""

import csv
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

COMMAND = Path(__file__).resolve().parents[2] / "bench" / "vin.py"
# By path: as a module it would share its name with the package it measures.
bench = SimpleNamespace(**runpy.run_path(str(COMMAND)))

GOOD, TYPO, GERMAN = "1HGCM82633A004352", "1HGCM82643A004352", "WVWZZZ1JZ3W386752"


def run(tmp_path: Path, content: str, *options: str) -> list[dict[str, str]]:
    """Run the command on ``content`` and return the rows it wrote."""
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(content, encoding="utf-8")
    arguments = ["--data", str(source), "--out", str(target), "--year", "2026"]
    assert bench.main([*arguments, *options]) == 0
    with target.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_rows_come_back_in_order_with_the_answers_beside(tmp_path: Path) -> None:
    rows = run(tmp_path, f"id,vin\n7,{GOOD}\n8,{TYPO}\n9,{GERMAN}\n")
    assert [row["id"] for row in rows] == ["7", "8", "9"]
    assert [row["valid"] for row in rows] == ["1", "0", "1"]
    assert [row["check_digit"] for row in rows] == ["ok", "bad", "not_enforced"]
    assert [row["make"] for row in rows] == ["Honda", "Honda", "Volkswagen"]
    assert [row["country"] for row in rows] == ["US", "US", "DE"]
    assert [row["year"] for row in rows] == ["2003", "2003", "2003"]
    assert [row["years"] for row in rows] == ["2003", "2003", "2003|2033"]
    assert rows[0]["reason"] == ""
    assert "should be 3" in rows[1]["reason"]
    assert "filler Z" in rows[2]["warnings"]


def test_columns_of_the_input_come_first_and_keep_their_order(tmp_path: Path) -> None:
    (row,) = run(tmp_path, f"plate,VIN,note\nA1,{GOOD},x\n")
    assert list(row)[:3] == ["plate", "VIN", "note"]
    assert list(row)[3:10] == list(bench.COLUMNS)[:7]


def test_a_column_of_the_same_name_is_kept_as_given(tmp_path: Path) -> None:
    (row,) = run(tmp_path, f"vin,make,year\n{GOOD},HONDA,1999\n")
    assert (row["make_given"], row["make"]) == ("HONDA", "Honda")
    assert (row["year_given"], row["year"]) == ("1999", "2003")


def test_names_never_collide() -> None:
    header = bench.output_header(["vin", "make", "make_given", "make"])
    assert len(set(header)) == len(header)


@pytest.mark.parametrize("name", ["vin", "VIN", " Vin "])
def test_the_vin_column_is_found_by_name(tmp_path: Path, name: str) -> None:
    (row,) = run(tmp_path, f"first,{name}\nx,{GOOD}\n")
    assert row["valid"] == "1"


def test_a_renamed_vin_column_is_found_by_what_it_holds(tmp_path: Path) -> None:
    (row,) = run(tmp_path, f"plate,chassis\n京A12345,{GOOD}\n")
    assert row["make"] == "Honda"


def test_otherwise_the_first_column_counts(tmp_path: Path) -> None:
    (row,) = run(tmp_path, "number,note\n123,abc\n")
    assert row["reason"].endswith("only 3.")


def test_a_byte_order_mark_is_no_part_of_the_name(tmp_path: Path) -> None:
    (row,) = run(tmp_path, f"\ufeffvin\n{GOOD}\n")
    assert list(row)[0] == "vin"
    assert row["valid"] == "1"


def test_ragged_rows_and_blank_cells(tmp_path: Path) -> None:
    rows = run(tmp_path, f"vin,note\n{GOOD}\n,nothing\n{GERMAN},a,b,c\n")
    assert [row["valid"] for row in rows] == ["1", "0", "1"]
    assert rows[1]["reason"] == "Enter a VIN."


def test_quotes_and_line_ends_survive(tmp_path: Path) -> None:
    (row,) = run(tmp_path, f'vin,note\n{GOOD},"a, ""b""\nc"\n')
    assert row["note"] == 'a, "b"\nc'


def test_it_reports_speed_baseline_and_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, f"vin\n{GOOD}\n")
    printed = capsys.readouterr().out
    assert "sha256" in printed
    assert "decodes per second" in printed
    assert "vininfo" in printed


def test_labels_are_scored_with_their_interval(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(
        tmp_path,
        "vin,make,model_year,check_digit_ok\n"
        f"{GOOD},HONDA,2003,1\n{GERMAN},Audi,2003,0\n{GOOD},,,\n",
    )
    printed = capsys.readouterr().out
    assert "make: 0.5000 [0.0945, 0.9055] of 2" in printed
    assert "model_year: 1.0000" in printed
    assert "check_digit_ok: 1.0000" in printed


def test_a_file_of_headers_only(tmp_path: Path) -> None:
    assert run(tmp_path, "vin,make\n") == []


def test_no_usable_input_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    assert bench.main(["--data", str(empty)]) == 2
    assert bench.main(["--data", str(tmp_path / "none.csv")]) == 2
    assert "bench vin:" in capsys.readouterr().err


def test_wilson_interval_of_a_known_share() -> None:
    low, high = bench.wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
