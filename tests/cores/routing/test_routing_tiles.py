"""Addresses of map tiles."""

import pytest

from odoo.addons.dms_vehicle.routing import TilesProblem, check_template


def problem(url):
    with pytest.raises(TilesProblem) as caught:
        check_template(url)
    return caught.value.code, caught.value.names


@pytest.mark.parametrize(
    "url",
    [
        "https://tiles.example/{z}/{x}/{y}.png",
        "https://{s}.tiles.example/{z}/{x}/{y}{r}.png?key=abc&style=7",
        "http://10.1.2.3/tiles/{z}/{x}/{y}.png",
        "/tiles/{z}/{x}/{y}.png",
    ],
)
def test_an_address_with_its_fields_is_accepted(url):
    assert check_template(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "tiles.example/{z}/{x}/{y}.png",
        "javascript:alert(1)//{z}{x}{y}",
        "data:image/png,{z}{x}{y}",
        'https://tiles.example/{z}/{x}/{y}.png" onerror="x',
        "https://tiles example/{z}/{x}/{y}.png",
        "ftp://tiles.example/{z}/{x}/{y}",
        "",
    ],
)
def test_what_is_no_address_is_refused(url):
    assert problem(url) == ("address", "")


def test_what_is_missing_is_named():
    assert problem("https://tiles.example/{z}.png") == ("missing", "{x}, {y}")


def test_what_nobody_can_fill_in_is_named():
    url = "https://tiles.example/{z}/{x}/{y}.png?key={token}"
    assert problem(url) == ("unknown", "{token}")
