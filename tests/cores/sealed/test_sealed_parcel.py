import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.sealed import (
    Context,
    Damaged,
    Keyring,
    NotAnEnvelope,
    UnknownKey,
    key_id_of_parcel,
)

HERE = Context("dms.deal.document.file", "sealed", 7)
OLD, NEW = b"old key.", b"new key."
RING = Keyring({OLD: bytes(range(16)), NEW: bytes(range(16, 32))})
FILE = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF\n"


@given(st.binary(), st.integers(0, 2**63))
def test_any_file_of_any_record_opens(content: bytes, record: int) -> None:
    context = Context("m", "f", record)
    assert RING.open_file(RING.seal_file(NEW, content, context), context) == content


def test_a_parcel_shows_version_and_key_but_nothing_of_the_file() -> None:
    parcel = RING.seal_file(NEW, FILE, HERE)
    assert parcel.startswith(b"b1." + NEW)
    assert b"PDF" not in parcel


def test_the_parcel_names_its_key() -> None:
    assert key_id_of_parcel(RING.seal_file(OLD, FILE, HERE)) == OLD


def test_what_a_retired_key_sealed_opens() -> None:
    assert RING.open_file(RING.seal_file(OLD, FILE, HERE), HERE) == FILE


def test_two_parcels_of_one_file_differ() -> None:
    assert RING.seal_file(NEW, FILE, HERE) != RING.seal_file(NEW, FILE, HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [HERE._replace(record=8), HERE._replace(model="m"), HERE._replace(field="f")],
)
def test_a_parcel_opens_at_its_place_only(elsewhere: Context) -> None:
    with pytest.raises(Damaged):
        RING.open_file(RING.seal_file(NEW, FILE, HERE), elsewhere)


def test_every_byte_counts() -> None:
    parcel = bytearray(RING.seal_file(NEW, FILE, HERE))
    for place in (12, 25, len(parcel) - 1):
        altered = parcel.copy()
        altered[place] ^= 1
        with pytest.raises(Damaged):
            RING.open_file(bytes(altered), HERE)


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(UnknownKey):
        Keyring({OLD: bytes(16)}).open_file(RING.seal_file(NEW, FILE, HERE), HERE)


@pytest.mark.parametrize("content", [b"", FILE, b"b1.", b"b1." + bytes(30)])
def test_what_is_no_parcel_is_told_so(content: bytes) -> None:
    with pytest.raises(NotAnEnvelope):
        RING.open_file(content, HERE)
