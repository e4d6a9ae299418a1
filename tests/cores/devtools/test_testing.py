from pathlib import Path

import pytest

from devtools.databases import owner
from devtools.testing import MOST_WORKERS, _workers


@pytest.mark.parametrize("file", ["test_deal.py", "test_deal.py::TestDeal"])
def test_one_file_needs_no_second_process(file):
    assert _workers([Path("addons/dms_sales/tests", file)], "loadscope") == []


def test_many_files_are_shared_among_the_processors():
    option, number, *share = _workers([Path("addons/dms_sales")], "loadscope")
    assert option == "-n" and 1 <= int(number) <= MOST_WORKERS
    assert share == ["--dist", "loadscope"]


@pytest.mark.parametrize("name", ["dms_test_123", "dms_test_123-gw1"])
def test_scratch_database_and_its_copies_belong_to_one_process(name):
    assert owner(name) == "123"
