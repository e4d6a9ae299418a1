"""Masks that lists read without opening a secret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.sealed import Context, Keyring, mask, new_key, new_key_id

OLD, NEW = new_key_id(), new_key_id()
RING = Keyring({OLD: new_key(), NEW: new_key()})
SECRET, MASK = "110101199003074514", "1101**********4514"
SCOPE = "res.partner.dms_id_number"


def here(record: int) -> Context:
    return Context("res.partner", "dms_id_number", record)


def seal(record: int, shown: str = MASK, key_id: bytes = NEW) -> str:
    return RING.seal(key_id, SECRET, here(record), shown)


def read(*envelopes: str, records=None, scope: str = SCOPE) -> list[str]:
    return RING.masks(envelopes, scope, records or range(1, len(envelopes) + 1))


def test_a_mask_is_read_back() -> None:
    assert read(seal(1)) == [MASK]


@given(st.text("0123456789X", min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_every_mask_of_a_number_is_kept(number: str, record: int) -> None:
    shown = mask(number)
    assert read(seal(record, shown), records=[record]) == [shown]


@pytest.mark.parametrize("shown", ["****", "12********", "********34", "A" + "*" * 255])
def test_heads_and_tails_of_any_length_are_kept(shown: str) -> None:
    assert read(seal(1, shown)) == [shown]


@pytest.mark.parametrize(
    "shown", ["", "12*34*56", "张****", "12345****6789", "no mask", "*" * 256]
)
def test_what_does_not_fit_is_left_to_opening(shown: str) -> None:
    envelope = seal(1, shown)
    assert read(envelope) == [""]
    assert RING.open(envelope, here(1)) == SECRET


def test_a_record_beyond_four_bytes_is_left_to_opening() -> None:
    record = 2**32 + 1
    assert read(seal(record), records=[record]) == [""]
    assert RING.open(seal(record), here(record)) == SECRET


def test_many_of_several_keys_are_read_at_once() -> None:
    envelopes = [seal(1), seal(2, key_id=OLD), seal(3, "****"), seal(4, key_id=OLD)]
    assert read(*envelopes) == [MASK, MASK, "****", MASK]


def test_one_without_a_mask_leaves_the_others_alone() -> None:
    assert read(seal(1), seal(2, ""), "", "s2.", SECRET, seal(6)) == [
        *(MASK, "", "", "", ""),
        MASK,
    ]


def test_one_that_cannot_be_decoded_leaves_all_to_opening() -> None:
    broken = "s2." + "!" * 80
    assert read(seal(1), broken) == ["", ""]
    assert read(seal(1), "s2." + "é" * 80) == ["", ""]


def test_a_missing_key_leaves_it_to_opening() -> None:
    stranger = new_key_id()
    other = Keyring({stranger: new_key()}).seal(stranger, SECRET, here(2), MASK)
    assert read(seal(1), other) == [MASK, ""]


def test_an_envelope_of_another_record_shows_nothing() -> None:
    assert read(seal(2), records=[1]) == [""]


def test_an_envelope_of_another_field_shows_nothing() -> None:
    assert read(seal(1), scope="res.partner.bank.acc_number") == [""]


def test_a_changed_mask_shows_nothing() -> None:
    envelope = seal(1)
    for position in range(14, 35):
        other = "A" if envelope[position] != "A" else "B"
        assert read(envelope[:position] + other + envelope[position + 1 :]) == [""]


def test_equal_masks_look_different_in_every_record() -> None:
    """The first 35 characters hold key and mask: nothing random is in them."""
    assert seal(1)[:35] == seal(1)[:35]
    assert len({seal(record)[:35] for record in range(100)}) == 100


def test_the_envelope_shows_no_part_of_the_mask() -> None:
    from base64 import urlsafe_b64decode

    raw = urlsafe_b64decode(seal(1)[3:] + "==")
    assert b"1101" not in raw and b"4514" not in raw
