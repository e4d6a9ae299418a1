"""The packages without Odoo, by their one name, ``odoo.addons.<addon>.<core>``.

Before a package inside an addon Python runs the ``__init__`` of the addon, which loads
all its models. So the addons stand here as empty packages around their cores; where
Odoo itself is to load them in the same process, they make way again.
"""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec
from pathlib import Path

from .settings import ADDONS, ROOT


def stand_alone() -> None:
    """Make the cores importable; Odoo need not be there."""
    for name in ("odoo", "odoo.addons"):
        if find_spec(name) is None:
            _stand(name)
    for addon in ADDONS:
        _stand(_name(addon), ROOT / "addons" / addon)


def make_way() -> None:
    """Let Odoo load the addons whole; cores that are loaded already stay."""
    for addon in ADDONS:
        sys.modules.pop(_name(addon), None)


def _name(addon: str) -> str:
    return f"odoo.addons.{addon}"


def _stand(name: str, *folders: Path) -> None:
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations.extend(map(str, folders))
    sys.modules[name] = module_from_spec(spec)
