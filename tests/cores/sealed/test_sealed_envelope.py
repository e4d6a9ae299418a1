import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.sealed import (
    Context,
    Damaged,
    Keyring,
    NotAnEnvelope,
    SealedError,
    UnknownKey,
    beginnings_of,
    is_envelope,
    key_id_of,
    new_key,
    new_key_id,
)

SECRET = "110101199003074514"
MASK = "1101**********4514"
HERE = Context("res.partner", "dms_id_number", 7)
OLD, NEW = b"old key.", b"new key."
RING = Keyring({OLD: bytes(range(16)), NEW: bytes(range(16, 32))})


def test_what_was_sealed_opens() -> None:
    assert RING.open(RING.seal(NEW, SECRET, HERE), HERE) == SECRET


@given(st.text(), st.integers(0, 2**63))
def test_any_text_of_any_record_opens(text: str, record: int) -> None:
    context = Context("m", "f", record)
    assert RING.open(RING.seal(NEW, text, context), context) == text


def test_an_envelope_shows_version_and_key_but_not_the_secret() -> None:
    envelope = RING.seal(NEW, SECRET, HERE)
    assert envelope.startswith("s1.")
    assert is_envelope(envelope)
    assert key_id_of(envelope) == NEW
    assert SECRET not in envelope


def test_equal_secrets_look_different() -> None:
    assert RING.seal(NEW, SECRET, HERE) != RING.seal(NEW, SECRET, HERE)


def test_every_key_of_the_ring_opens() -> None:
    assert RING.open(RING.seal(OLD, SECRET, HERE), HERE) == SECRET


@pytest.mark.parametrize(
    "elsewhere",
    [
        HERE._replace(model="res.partner.bank"),
        HERE._replace(field="acc_number"),
        HERE._replace(record=8),
        Context("res.partner", "dms_id_number7", 0),
    ],
)
def test_an_envelope_opens_only_at_its_place(elsewhere: Context) -> None:
    with pytest.raises(Damaged):
        RING.open(RING.seal(NEW, SECRET, HERE), elsewhere)


def test_no_byte_can_be_changed() -> None:
    envelope = RING.seal(NEW, SECRET, HERE)
    for position in range(len(envelope) - 1):
        other = "A" if envelope[position] != "A" else "B"
        changed = envelope[:position] + other + envelope[position + 1 :]
        with pytest.raises(SealedError):
            RING.open(changed, HERE)


def test_a_key_swapped_for_another_does_not_open() -> None:
    ring = Keyring({NEW: bytes(16)})
    with pytest.raises(Damaged):
        ring.open(RING.seal(NEW, SECRET, HERE), HERE)


def test_a_missing_key_is_named() -> None:
    envelope = RING.seal(NEW, SECRET, HERE)
    with pytest.raises(UnknownKey, match=NEW.hex()):
        Keyring({OLD: bytes(16)}).open(envelope, HERE)
    with pytest.raises(UnknownKey):
        Keyring({}).seal(NEW, SECRET, HERE)


@pytest.mark.parametrize(
    "text", ["", SECRET, "s1.", "s1.AAAA", "s2.AAAA", "s3.AAAA", "s1.é", "s1.A"]
)
def test_other_texts_are_no_envelopes(text: str) -> None:
    with pytest.raises(NotAnEnvelope):
        RING.open(text, HERE)


def test_errors_and_rings_show_no_secret() -> None:
    envelope = RING.seal(NEW, SECRET, HERE)
    with pytest.raises(Damaged) as caught:
        RING.open(envelope, HERE._replace(record=8))
    assert SECRET not in repr(caught.value)
    assert repr(RING) == "<Keyring of 2 keys>"


def test_keys_and_their_names_are_random() -> None:
    assert len(new_key()) == 16 and new_key() != new_key()
    assert len(new_key_id()) == 8 and new_key_id() != new_key_id()


def test_envelopes_of_a_key_begin_alike() -> None:
    for mask in ("", MASK):
        assert RING.seal(NEW, SECRET, HERE, mask).startswith(beginnings_of(NEW))
        assert not RING.seal(OLD, SECRET, HERE, mask).startswith(beginnings_of(NEW))
    assert {len(head) for head in beginnings_of(NEW)} == {13}


def test_an_envelope_with_a_mask_opens_as_one_without() -> None:
    envelope = RING.seal(NEW, SECRET, HERE, MASK)
    assert RING.open(envelope, HERE) == SECRET
    assert (is_envelope(envelope), key_id_of(envelope)) == (True, NEW)


def test_no_byte_of_one_with_a_mask_can_be_changed() -> None:
    envelope = RING.seal(NEW, SECRET, HERE, MASK)
    for position in range(len(envelope) - 1):
        other = "A" if envelope[position] != "A" else "B"
        changed = envelope[:position] + other + envelope[position + 1 :]
        with pytest.raises(SealedError):
            RING.open(changed, HERE)
