"""Cores have one name, inside Odoo and without it."""

import json
import subprocess
import sys

import pytest

from devtools.settings import ADDONS, ROOT

ODOO = {"controllers", "fields", "models", "outbox", "report", "tests", "wizard"}
CORES = sorted(
    f"odoo.addons.{folder.parent.name}.{folder.name}"
    for addon in ADDONS
    for folder in (ROOT / "addons" / addon).iterdir()
    if (folder / "__init__.py").exists() and folder.name not in ODOO
)
IMPORTED = """
import json, sys
from importlib import import_module
from devtools import cores
cores.stand_alone()
for name in sys.argv[1:]:
    import_module(name)
odoo = [name for name in sys.modules if name.split(".")[0] == "odoo"]
print(json.dumps(odoo))
"""


def imported(*names: str) -> list[str]:
    """:return: modules below ``odoo`` that a fresh Python without Odoo has loaded"""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED, *names],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("core", CORES)
def test_a_core_needs_no_odoo(core):
    loaded = imported(core)
    assert core in loaded
    assert not {name for name in loaded if name.endswith(".models")}


def test_a_core_uses_another_of_its_addon_and_of_one_below():
    loaded = imported("odoo.addons.dms_vehicle.fraud", "odoo.addons.dms_sales.desk")
    assert "odoo.addons.dms_vehicle.routing.great_circle" in loaded
    assert "odoo.addons.dms_base.money" in loaded


def test_the_addons_make_way_for_odoo():
    program = (
        "from devtools import cores\n"
        "cores.stand_alone()\n"
        "from odoo.addons.dms_base.money import cents\n"
        "cores.make_way()\n"
        "import sys\n"
        "assert 'odoo.addons.dms_base' not in sys.modules\n"
    )
    subprocess.run(
        [sys.executable, "-c", program], env={"PYTHONPATH": str(ROOT)}, check=True
    )
