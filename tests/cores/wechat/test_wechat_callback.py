"""From what the platform posts to the message."""

import base64

import pytest

from odoo.addons.dms_sales.wechat import Envelope, Query, WeChatError, check, opened

from dms_simulator.wechat import WeChatPlatform

TOKEN = "token"
KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")


@pytest.fixture(scope="module")
def platform():
    with WeChatPlatform() as running:
        yield running


def called(platform, xml, token=TOKEN, key=""):
    """Return query and body of a callback, and the time it was made."""
    query, body = platform.callback(xml, token, key)
    query.pop("encrypt_type", None)
    return Query(**query), body, int(query["timestamp"])


def refusal(*arguments):
    with pytest.raises(WeChatError) as caught:
        opened(*arguments)
    return caught.value.code


def test_a_plain_text_is_read(platform):
    query, body, now = called(platform, platform.text("oABC", "E5 & <W5>"))
    message, xml = opened(query, body, [TOKEN], now)
    assert (message.sender, message.text, xml) == ("oABC", "E5 & <W5>", body)


def test_a_sealed_text_is_read_and_is_the_same_each_time(platform):
    text, envelope = platform.text("oABC", "多少钱"), Envelope(KEY, platform.app_id)
    results = []
    for _time in range(2):
        query, body, now = called(platform, text, key=KEY)
        results.append(opened(query, body, [TOKEN], now, envelope))
    assert results[0] == results[1]
    assert results[0][0].text == "多少钱"


def test_an_image_has_a_number(platform):
    query, body, now = called(platform, platform.image("oABC"))
    message, _xml = opened(query, body, [TOKEN], now)
    assert message.kind == "image"
    assert message.media in platform.media


def test_the_words_of_a_place_and_a_link_are_kept(platform):
    for more, words in (
        ({"kind": "location", "Label": "人民广场"}, "人民广场"),
        ({"kind": "link", "Title": "E5", "Url": "https://x.example"}, "E5 https"),
        ({"kind": "voice", "Recognition": "想试驾"}, "想试驾"),
    ):
        query, body, now = called(platform, platform.message("oABC", **more))
        assert opened(query, body, [TOKEN], now)[0].text.startswith(words)


def test_either_token_is_good_while_it_is_changed(platform):
    query, body, now = called(platform, platform.text("oABC", "?"), token="old")
    assert opened(query, body, [TOKEN, "old"], now)


@pytest.mark.parametrize("tokens", [[], ["other"]])
def test_who_does_not_know_the_token_is_refused(platform, tokens):
    query, body, now = called(platform, platform.text("oABC", "?"))
    assert refusal(query, body, tokens, now) == "signature"


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_callback_is_refused(platform, seconds):
    query, body, now = called(platform, platform.text("oABC", "?"))
    assert refusal(query, body, [TOKEN], now + seconds) == "clock"


@pytest.mark.parametrize("stamp", ["", "-1", "now", "²"])
def test_a_time_is_a_number(stamp):
    from odoo.addons.dms_sales.wechat import sign

    query = Query(sign(TOKEN, stamp, "n"), stamp, "n")
    with pytest.raises(WeChatError) as caught:
        check(query, [TOKEN], 0)
    assert caught.value.code == "clock"


def test_an_account_in_safe_mode_reads_nothing_plain(platform):
    query, body, now = called(platform, platform.text("oABC", "?"))
    envelope = Envelope(KEY, platform.app_id)
    assert refusal(query, body, [TOKEN], now, envelope) == "plain"


def test_an_account_in_plain_mode_opens_nothing_sealed(platform):
    query, body, now = called(platform, platform.text("oABC", "?"), key=KEY)
    assert refusal(query, body, [TOKEN], now) == "key"


def test_what_is_sealed_is_signed_too(platform):
    """The signature of another callback does not carry it."""
    one, _body, now = called(platform, platform.text("oABC", "one"), key=KEY)
    _query, body, _now = called(platform, platform.text("oABC", "two"), key=KEY)
    envelope = Envelope(KEY, platform.app_id)
    assert refusal(one, body, [TOKEN], now, envelope) == "signature"
