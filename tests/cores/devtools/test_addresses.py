import pytest

from devtools.hooks.addresses import findings


@pytest.mark.parametrize(
    "line",
    [
        "see /home/anna/dms/x.py",
        "cp /Users/anna/x .",
        "--index-url https://pypi.org/simple",
        '"resolved": "https://registry.npmjs.org/eslint"',
        "deb http://deb.debian.org/debian bookworm main",
    ],
)
def test_address_of_one_machine_is_found(line):
    assert len(findings(line)) == 1


@pytest.mark.parametrize(
    "line",
    ["data_dir = /var/lib/odoo", "https://www.gnu.org/licenses", "~/.cache/dms"],
)
def test_address_that_holds_everywhere_passes(line):
    assert findings(line) == []


def test_finding_names_its_line():
    assert findings("a\n/root/x") == [(2, "/root/")]
