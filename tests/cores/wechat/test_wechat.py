import base64

import pytest

from odoo.addons.dms_sales.wechat import (
    Envelope,
    WeChatError,
    is_signed,
    read,
    reply,
    sign,
)

KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
TEXT = (
    b"<xml><ToUserName><![CDATA[gh_1]]></ToUserName>"
    b"<FromUserName><![CDATA[oABC]]></FromUserName><CreateTime>1348831860</CreateTime>"
    b"<MsgType><![CDATA[text]]></MsgType>"
    b"<Content><![CDATA[E5 \xe5\xa4\x9a\xe5\xb0\x91]]>"
    b"</Content><MsgId>1234567890123456</MsgId></xml>"
)


def refusal(act, *arguments):
    with pytest.raises(WeChatError) as caught:
        act(*arguments)
    return caught.value.code


def test_the_order_of_the_parts_does_not_matter_to_the_signature():
    assert sign("b", "a", "c") == sign("a", "c", "b")
    # sha1("abc"), FIPS 180-4
    assert sign("b", "a", "c") == "a9993e364706816aba3e25717850c26c9cd0d89d"


def test_a_signature_of_another_token_is_none():
    signature = sign("token", "1", "n", "sealed")
    assert is_signed(signature, "token", "1", "n", "sealed")
    assert not is_signed(signature, "other", "1", "n", "sealed")
    assert not is_signed("", "token", "1", "n", "sealed")


def test_what_is_sealed_is_opened_again():
    envelope = Envelope(KEY, "wx123")
    assert envelope.open(envelope.seal(TEXT)) == TEXT


def test_each_seal_is_another():
    envelope = Envelope(KEY, "wx123")
    assert envelope.seal(TEXT) != envelope.seal(TEXT)


def test_what_is_sealed_for_another_account_stays_shut():
    sealed = Envelope(KEY, "wx999").seal(TEXT)
    assert refusal(Envelope(KEY, "wx123").open, sealed) == "account"


@pytest.mark.parametrize(
    "sealed", ["", "???", "AAAA", base64.b64encode(b"x" * 64).decode()]
)
def test_what_was_altered_stays_shut(sealed):
    assert refusal(Envelope(KEY, "wx123").open, sealed) == "sealed"


@pytest.mark.parametrize("key", ["", KEY[:-1], "!" * 43])
def test_a_key_has_43_characters(key):
    assert refusal(Envelope, key, "wx123") == "key"


def test_a_text_is_read():
    message = read(TEXT)
    assert (message.sender, message.account) == ("oABC", "gh_1")
    assert (message.kind, message.text) == ("text", "E5 多少")
    assert message.number == "1234567890123456"


def test_an_event_has_a_number_of_its_own():
    xml = TEXT.replace(b"<MsgId>1234567890123456</MsgId>", b"")
    assert read(xml).number == "oABC-1348831860"


def test_in_safe_mode_there_is_only_what_is_sealed():
    message = read(b"<xml><ToUserName>gh_1</ToUserName><Encrypt>abc</Encrypt></xml>")
    assert (message.sealed, message.sender) == ("abc", "")


@pytest.mark.parametrize(
    "xml", [b"", b"<xml>", b"<xml/>", b"<!DOCTYPE x><xml/>", b"<xml>" + b" " * 200_000]
)
def test_what_is_no_message_is_refused(xml):
    assert refusal(read, xml) == "xml"


def test_an_answer_names_the_customer():
    assert reply("oABC", "您好")["touser"] == "oABC"
