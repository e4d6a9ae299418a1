"""What tests of several packages lean on."""

import pytest
from hypothesis import settings

from devtools import cores
from dms_simulator.timestamp_authority import Authority

cores.stand_alone()

# How long an example takes tells how busy the machine is, not how good the code is.
settings.register_profile("any_machine", deadline=None)
settings.load_profile("any_machine")


@pytest.fixture(scope="module")
def authority(tmp_path_factory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa"))
