"""Our client and provider against the platform's own server."""

import json

import pytest

from odoo.addons.dms_base.delivery import (
    AddressGuard,
    Client,
    Credentials,
    Message,
    NotSent,
    Outcome,
    Request,
    attempt,
    probe,
)
from odoo.addons.dms_sales.connectors.wechat import MEDIA, SAY, WeChat
from odoo.addons.dms_sales.connectors.wechat_client import WeChatClient
from odoo.addons.dms_sales.wechat import Tokens

from dms_simulator import Fault
from dms_simulator.ledger import Reply
from dms_simulator.wechat import WeChatPlatform

GUARD = AddressGuard.parse("127.0.0.0/8 ::1/128")


@pytest.fixture
def platform():
    with WeChatPlatform() as running:
        running.text("oABC", "hello")  # a customer who may be answered
        yield running


@pytest.fixture
def tokens():
    return Tokens()


def client(platform, tokens, secret="app-secret"):
    inner = Client(Credentials("none"), GUARD)
    return WeChatClient(inner, platform.app_id, secret, platform.url + "/", tokens)


def say(platform, tokens, to="oABC", text="您好", **options):
    message = Message(SAY, {"open_id": to, "text": text}, "k")
    return attempt(WeChat(), message, platform.url, client(platform, tokens, **options))


def asked_for_tokens(platform):
    return [json.loads(r.body) for r in platform.ledger.received if "stable" in r.path]


def test_an_answer_is_on_the_customers_phone(platform, tokens):
    assert say(platform, tokens).verdict.outcome is Outcome.DELIVERED
    assert platform.sent == [{"touser": "oABC", "text": "您好"}]


def test_one_token_serves_many_answers(platform, tokens):
    for _time in range(3):
        say(platform, tokens)
    assert len(asked_for_tokens(platform)) == 1


def test_a_token_that_was_taken_back_is_renewed_at_once(platform, tokens):
    say(platform, tokens)
    platform.forget_tokens()
    assert say(platform, tokens).verdict.outcome is Outcome.DELIVERED
    assert len(platform.sent) == 2


def test_the_same_stale_token_is_replaced_by_force(platform, tokens):
    say(platform, tokens)
    good, platform.tokens = platform.tokens, []
    given = platform._token

    def stubborn(asked):
        """Hand out the refused token until a new one is forced."""
        if not asked.get("force_refresh"):
            return Reply(200, {"access_token": good[-1], "expires_in": 7200})
        return given(asked)

    platform._token = stubborn
    assert say(platform, tokens).verdict.outcome is Outcome.DELIVERED
    assert [one["force_refresh"] for one in asked_for_tokens(platform)] == [
        False,
        False,
        True,
    ]


def test_a_wrong_secret_says_so_and_is_tried_again_later(platform, tokens):
    result = say(platform, tokens, secret="wrong")
    assert result.verdict.outcome is Outcome.RETRY
    assert "40125 invalid appsecret" in result.verdict.reason
    assert platform.sent == []


@pytest.mark.parametrize(
    ("to", "text", "words"),
    [("oNOBODY", "hi", "40003"), ("oABC", "长" * 700, "45002")],
)
def test_a_refusal_is_final(platform, tokens, to, text, words):
    verdict = say(platform, tokens, to, text).verdict
    assert verdict.outcome is Outcome.PERMANENT
    assert verdict.reason.startswith(words)


def test_after_48_hours_it_is_too_late(platform, tokens):
    platform.silent.add("oABC")
    verdict = say(platform, tokens).verdict
    assert (verdict.outcome, verdict.reason[:5]) == (Outcome.PERMANENT, "45015")


def test_after_five_answers_it_is_the_customers_turn(platform, tokens):
    outcomes = [say(platform, tokens).verdict.outcome for _time in range(6)]
    assert outcomes == [Outcome.DELIVERED] * 5 + [Outcome.PERMANENT]


def test_a_token_that_cannot_be_had_now_has_had_no_effect(platform, tokens):
    platform.faults.add(Fault(drop="before"))
    assert say(platform, tokens).verdict.outcome is Outcome.RETRY
    platform.faults.add(Fault(status=503))
    assert say(platform, tokens).verdict.outcome is Outcome.RETRY
    assert platform.sent == []


def test_no_error_shows_the_token(platform, tokens):
    say(platform, tokens)
    [token] = platform.tokens
    platform.faults.add(Fault(drop="after"))
    verdict = say(platform, tokens).verdict
    assert verdict.outcome is Outcome.UNKNOWN  # it may have been read
    assert token not in verdict.reason
    platform.close()
    platform.close = lambda: None
    assert token not in say(platform, tokens).verdict.reason


def test_an_image_comes_as_it_is(platform, tokens):
    platform.image("oABC")
    [number] = platform.media
    message = Message(MEDIA, {"media_id": number}, "k")
    result = attempt(WeChat(), message, platform.url, client(platform, tokens))
    assert result.answer.body == platform.media[number]
    assert result.answer.text().startswith("image/gif, ")


def test_an_image_is_asked_for_again(platform, tokens):
    message = Message(MEDIA, {"media_id": "m"}, "k")
    say(platform, tokens)
    platform.faults.add(Fault(drop="after"))
    result = attempt(WeChat(), message, platform.url, client(platform, tokens))
    assert result.verdict.outcome is Outcome.RETRY


def test_the_connection_is_tested_with_the_secret(platform, tokens):
    assert probe(WeChat(), platform.url, client(platform, tokens)).verdict.is_healthy
    other = probe(WeChat(), platform.url, client(platform, Tokens(), "wrong"))
    assert not other.verdict.is_healthy


def test_an_unreadable_token_is_none(platform, tokens):
    platform._token = lambda asked: Reply(200, {"expires_in": 7200})
    with pytest.raises(NotSent, match="cannot be read"):
        client(platform, tokens).send(Request("GET", platform.url))
