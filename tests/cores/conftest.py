"""What tests of several packages lean on."""

import pytest

from dms_simulator.timestamp_authority import Authority


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))
