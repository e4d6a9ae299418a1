import json

from devtools.results import NO_TESTS_COLLECTED, Total, read


def _report(tmp_path, **counts):
    file = tmp_path / "total.json"
    file.write_text(json.dumps(counts))
    return file


def test_totals_add_up():
    assert str(Total(passed=3) + Total(passed=2, failed=1)) == "5 passed, 1 failed"


def test_skipped_tests_are_told():
    assert str(Total(passed=1, skipped=2)) == "1 passed, 0 failed, 2 skipped"


def test_only_passed_tests_are_success():
    assert Total(passed=1).exit_code == 0
    assert Total(passed=1, failed=1).exit_code == 1
    assert Total().exit_code == 1


def test_run_that_ends_without_a_report_has_failed(tmp_path):
    assert str(read(tmp_path / "none.json", -9)) == "0 passed, 1 failed"


def test_unexplained_exit_code_has_failed(tmp_path):
    report = _report(tmp_path, passed=4, failed=0, skipped=0)
    assert read(report, 3).exit_code == 1


def test_failed_test_is_counted_once(tmp_path):
    report = _report(tmp_path, passed=4, failed=1, skipped=0)
    assert str(read(report, 1)) == "4 passed, 1 failed"


def test_selection_that_matches_nothing_adds_nothing(tmp_path):
    report = _report(tmp_path, passed=0, failed=0, skipped=0)
    assert read(report, NO_TESTS_COLLECTED) == Total()
