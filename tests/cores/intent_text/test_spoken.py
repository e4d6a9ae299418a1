"""What people call what the catalogue has a long name for."""

import pytest

from odoo.addons.dms_sales.intent_text import read, spoken


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("朗逸 Lavida", ["朗逸 Lavida", "朗逸", "Lavida"]),
        ("霁5 Ji 5", ["霁5 Ji 5", "霁5", "Ji 5"]),
        ("秦PLUS DM-i", ["秦PLUS DM-i", "秦PLUS", "DM-i"]),
        ("Model 3", ["Model 3"]),
        ("秦 L", ["秦 L"]),  # one sign is said of many things
        ("  川流   ", ["川流"]),
        ("", []),
        (None, []),
    ],
)
def test_parts_of_a_name(name, names):
    assert spoken(name) == names


def test_a_customer_is_understood_by_the_short_name():
    models = {name: 7 for name in spoken("朗逸 Lavida")}
    [finding] = read("这周想看朗逸", models)[1:]
    assert (finding.kind, finding.value) == ("model", 7)
