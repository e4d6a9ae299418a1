"""No request goes into the network the server stands in."""

import pytest

from odoo.addons.dms_base.delivery import AddressGuard, AddressRefused, NotSent

OPEN = AddressGuard()
LOCAL = AddressGuard.parse("127.0.0.0/8, ::1/128 10.1.0.0/16")


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://10.0.0.1/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/",
        "https://0.0.0.0/",
        "https://224.0.0.1/",
        "https://[::1]/",
        "https://[fe80::1]/",
        "https://[fd00::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
    ],
)
def test_addresses_that_are_not_public_are_refused(url):
    with pytest.raises(AddressRefused):
        OPEN.check_url(url)


@pytest.mark.parametrize("host", ["2130706433", "0x7f000001", "127.1", "017700000001"])
def test_other_spellings_of_an_address_are_seen_through(host):
    with pytest.raises((AddressRefused, NotSent)):
        OPEN.resolve(host, 443, "https")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://a.example",
        "file:///etc/passwd",
        "//a.example",
        "https://",
        "https://a.example:99999",
        "https://user:password@a.example",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(AddressRefused):
        OPEN.check_url(url)


def test_a_public_address_with_tls_is_fine():
    OPEN.check_url("https://a.example/x")
    OPEN.check_url("https://8.8.8.8/x")


def test_plain_http_is_refused():
    with pytest.raises(AddressRefused):
        OPEN.check_url("http://a.example/x")
    with pytest.raises(AddressRefused):
        OPEN.check_url("http://8.8.8.8/x")


def test_networks_that_are_allowed_may_be_called_without_tls():
    LOCAL.check_url("http://127.0.0.1:8000")
    LOCAL.check_url("https://10.1.2.3")


def test_an_allowed_network_opens_no_other():
    with pytest.raises(AddressRefused):
        LOCAL.check_url("https://10.2.0.1")
    with pytest.raises(AddressRefused):
        LOCAL.check_url("http://8.8.8.8")


def test_a_name_that_leads_inside_is_refused():
    with pytest.raises(AddressRefused):
        OPEN.resolve("localhost", 443, "https")


def test_a_name_is_replaced_by_the_address_that_was_checked():
    assert LOCAL.resolve("localhost", 80, "http") in ("127.0.0.1", "::1")


def test_an_unknown_name_is_nothing_sent():
    with pytest.raises(NotSent):
        OPEN.resolve("no-such-name.invalid", 443, "https")


def test_a_network_that_cannot_be_read_is_an_error():
    with pytest.raises(ValueError):
        AddressGuard.parse("10.0.0.0/33")
