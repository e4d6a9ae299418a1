import pytest
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from odoo.addons.dms_base.sealed import (
    TAG_LENGTH,
    BlindIndex,
    BlindIndexes,
    fold,
    new_key_id,
    tag_of,
)

KEY = bytes(range(16))
SECRET = "110101199003074514"


def test_equal_values_get_equal_tokens() -> None:
    index = BlindIndex(KEY, "res.partner.dms_id_number")
    again = BlindIndex(KEY, "res.partner.dms_id_number")
    assert index.token(SECRET) == again.token(SECRET)


def test_a_token_is_22_characters_of_128_bits() -> None:
    token = BlindIndex(KEY, "f").token(SECRET)
    assert len(token) == 22
    assert SECRET not in token


@pytest.mark.parametrize(
    "typed",
    ["11010119900307451X", "11010119900307451x", " 110101-19900307-451X "],
)
def test_spelling_does_not_matter(typed: str) -> None:
    index = BlindIndex(KEY, "f")
    assert index.token(typed) == index.token("11010119900307451X")


def test_fold_keeps_letters_and_digits_of_any_script() -> None:
    assert fold("ab-12 李/四_") == "AB12李四"


def test_other_values_fields_and_keys_get_other_tokens() -> None:
    token = BlindIndex(KEY, "f").token(SECRET)
    assert BlindIndex(KEY, "f").token(SECRET[::-1]) != token
    assert BlindIndex(KEY, "g").token(SECRET) != token
    assert BlindIndex(bytes(16), "f").token(SECRET) != token


def test_a_token_begins_with_the_tag_of_its_key() -> None:
    tag = tag_of(new_key_id())
    token = BlindIndex(KEY, "f", tag).token(SECRET)
    assert len(tag) == TAG_LENGTH
    assert token == tag + BlindIndex(KEY, "f").token(SECRET)


def test_keys_have_tags_of_their_own() -> None:
    assert len({tag_of(new_key_id()) for _ in range(1000)}) == 1000


def test_while_a_key_is_replaced_tokens_of_both_are_looked_for() -> None:
    new, old = BlindIndex(bytes(16), "f", "new..."), BlindIndex(KEY, "f", "old...")
    both = BlindIndexes(new, (old,))
    assert both.token(SECRET) == new.token(SECRET)
    assert both.tokens(SECRET) == [new.token(SECRET), old.token(SECRET)]
    assert BlindIndexes(new).tokens(SECRET) == [new.token(SECRET)]


def test_hmac_sm3_as_others_compute_it() -> None:
    """HMAC written out (RFC 2104) over SM3 agrees with the library."""
    from hashlib import new

    inner = bytes(b ^ 0x36 for b in KEY.ljust(64, b"\0"))
    outer = bytes(b ^ 0x5C for b in KEY.ljust(64, b"\0"))
    hashed = new("sm3", inner + SECRET.encode()).digest()
    mac = HMAC(KEY, SM3())
    mac.update(SECRET.encode())
    assert mac.finalize() == new("sm3", outer + hashed).digest()
