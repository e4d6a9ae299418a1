"""No addon depends on one whose licence forbids it; manifestoo knows the rules."""

import subprocess
import sys
from pathlib import Path

import odoo


def main() -> int:
    # `odoo/addons` holds base, the folder beside the package the rest
    package = Path(odoo.__path__[0])
    beside = [package / "addons", package.parent / "addons"]
    known = ",".join(str(folder) for folder in beside if folder.is_dir())
    options = ["--odoo-series", "19.0", "--addons-path", known]
    command = ["manifestoo", *options, "--select-addons-dir", "addons"]
    return subprocess.run([*command, "check-licenses", "--transitive"]).returncode


if __name__ == "__main__":
    sys.exit(main())
