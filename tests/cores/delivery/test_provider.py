"""Providers and their registry."""

import json

import pytest

from odoo.addons.dms_base.delivery import (
    Answer,
    Malformed,
    Message,
    Outcome,
    Provider,
    provider,
    providers,
    register,
)
from odoo.addons.dms_base.delivery.registry import _providers


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    """Each test registers into a copy."""
    known = dict(_providers)
    yield
    _providers.clear()
    _providers.update(known)


class TestRegistry:
    def test_a_provider_is_found_by_its_name(self):
        @register("bank", "Bank")
        class Bank(Provider):
            pass

        assert isinstance(provider("bank"), Bank)
        assert providers()["bank"].label == "Bank"

    def test_a_name_is_given_once(self):
        with pytest.raises(ValueError, match="http_json"):

            @register("http_json", "Another")
            class Another(Provider):
                pass

    def test_an_unknown_name_is_an_error(self):
        with pytest.raises(LookupError, match="no_such"):
            provider("no_such")

    def test_a_provider_takes_no_messages_unless_it_says_so(self):
        with pytest.raises(Malformed):
            Provider().incoming({}, b"{}")


class TestHttpJson:
    MESSAGE = Message("vehicle.sold", {"vin": "LSV1"}, key="k-1", account="D042")

    @pytest.fixture
    def json_provider(self):
        return provider("http_json")

    def test_posts_kind_data_and_account(self, json_provider):
        request = json_provider.request(self.MESSAGE, "https://a.example/in")
        assert (request.method, request.url) == ("POST", "https://a.example/in")
        assert json.loads(request.body) == {
            "kind": "vehicle.sold",
            "data": {"vin": "LSV1"},
            "account": "D042",
        }

    def test_carries_the_key_in_a_header(self, json_provider):
        request = json_provider.request(self.MESSAGE, "https://a.example")
        assert request.headers["Idempotency-Key"] == request.key == "k-1"

    def test_the_status_decides(self, json_provider):
        verdict = json_provider.verdict(Answer(200, {}, b"no json"), now=0)
        assert verdict.outcome is Outcome.DELIVERED

    def test_reads_what_it_would_write(self, json_provider):
        request = json_provider.request(self.MESSAGE, "https://a.example")
        incoming = json_provider.incoming(request.headers, request.body)
        assert (incoming.kind, incoming.payload, incoming.key) == (
            "vehicle.sold",
            {"vin": "LSV1"},
            "k-1",
        )

    @pytest.mark.parametrize(
        "body",
        [b"", b"{", b"[]", b'"text"', b"{}", b'{"kind": 1}', b'{"kind": ""}', b"\xff"],
    )
    def test_refuses_what_is_not_agreed_on(self, json_provider, body):
        with pytest.raises(Malformed):
            json_provider.incoming({"Idempotency-Key": "k"}, body)
