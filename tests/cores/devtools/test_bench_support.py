import importlib.util

import pytest

from devtools.settings import ROOT

SPEC = importlib.util.spec_from_file_location(
    "bench_support", ROOT / "tests/bench/support.py"
)
support = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(support)


@pytest.mark.parametrize(
    ("percent", "value"), [(0, 1), (50, 5), (90, 9), (95, 10), (100, 10)]
)
def test_percentile_is_a_measured_value(percent, value):
    assert support.percentile(range(1, 11), percent) == value


def test_percentile_of_one_measurement_is_that_one():
    assert support.percentile([7.0], 95) == 7.0


def test_table_aligns_numbers_to_the_right():
    text = support.table(["what", "s"], [["stock", 1.5], ["ledger", 12.25]])
    assert text.splitlines() == [
        "what         s",
        "stock    1.500",
        "ledger  12.250",
    ]


def test_ratio_above_one_means_ours_is_faster():
    assert support.ratio(ours=0.5, theirs=2.0) == "4.0x"
