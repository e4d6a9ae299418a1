import ast

import pytest

from devtools.manifests import with_dependencies
from devtools.settings import ADDONS, ROOT

ARROWS = {
    "dms_base": set(),
    "dms_vehicle": {"dms_base"},
    "dms_sales": {"dms_vehicle"},
    "dms_aftersales": {"dms_vehicle"},
    "dms_finance": {"dms_sales"},
    "dms_iot": {"dms_aftersales"},
}


def _addon(folder, name: str, *depends: str) -> None:
    (folder / name).mkdir()
    (folder / name / "__manifest__.py").write_text(repr({"depends": list(depends)}))


def test_dependencies_come_first_and_once(tmp_path):
    _addon(tmp_path, "base_", "mail")
    _addon(tmp_path, "left", "base_")
    _addon(tmp_path, "right", "base_")
    found = with_dependencies(tmp_path, ["left", "right"])
    assert found == ["base_", "left", "right"]


@pytest.mark.parametrize("addon", ADDONS)
def test_arrows_between_addons_point_down_only(addon):
    manifest = ast.literal_eval(
        (ROOT / "addons" / addon / "__manifest__.py").read_text()
    )
    assert set(manifest["depends"]) & set(ADDONS) <= ARROWS[addon] | {"dms_base"}
