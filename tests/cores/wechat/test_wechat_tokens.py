"""Tokens of access, and what the platform answers."""

import threading

import pytest

from odoo.addons.dms_sales.wechat import Token, Tokens, errcode, reason


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


class Platform:
    """Counts how often it is asked."""

    def __init__(self, clock):
        self.clock, self.asked = clock, 0

    def __call__(self):
        self.asked += 1
        return Token(f"t{self.asked}", self.clock() + 7200)


@pytest.fixture
def clock():
    return Clock()


def test_a_token_is_fetched_once_while_it_lives(clock):
    tokens, platform = Tokens(clock), Platform(clock)
    assert {tokens.get("a", platform) for _time in range(3)} == {"t1"}
    clock.now += 6899
    assert tokens.get("a", platform) == "t1"


def test_one_that_ends_soon_is_renewed(clock):
    tokens, platform = Tokens(clock), Platform(clock)
    tokens.get("a", platform)
    clock.now += 6901
    assert tokens.get("a", platform) == "t2"


def test_accounts_have_tokens_of_their_own(clock):
    tokens, platform = Tokens(clock), Platform(clock)
    assert tokens.get("a", platform) != tokens.get("b", platform)


def test_a_refused_token_is_forgotten_and_a_newer_one_kept(clock):
    tokens, platform = Tokens(clock), Platform(clock)
    tokens.get("a", platform)
    tokens.forget("a", "t1")
    assert tokens.get("a", platform) == "t2"
    tokens.forget("a", "t1")
    assert tokens.get("a", platform) == "t2"


def test_a_failure_is_not_kept(clock):
    tokens = Tokens(clock)

    def fail():
        raise ConnectionError

    with pytest.raises(ConnectionError):
        tokens.get("a", fail)
    assert tokens.get("a", Platform(clock)) == "t1"


def test_threads_ask_once(clock):
    tokens, platform = Tokens(clock), Platform(clock)
    threads = [
        threading.Thread(target=tokens.get, args=("a", platform)) for _n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert platform.asked == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'{"errcode":0,"errmsg":"ok"}', 0),
        (b'{"errcode":45015,"errmsg":"response out of time limit"}', 45015),
        (b'{"access_token":"t","expires_in":7200}', 0),
        (b"", 0),
        (b"{broken", 0),
        (b"\xff\xd8\xff\xe0 an image", 0),
        (b"<html>busy</html>", 0),
    ],
)
def test_the_code_of_an_answer(content, code):
    assert errcode(content) == code


def test_a_refusal_has_words():
    assert reason(b'{"errcode":45015,"errmsg":"too late"}') == "45015 too late"
    assert reason(b'{"errcode":0,"errmsg":"ok"}') == ""
