"""The one way to write an entry, and everything that has more than one."""

import json
from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dms_base.merkle import EntryError, canonical, decode, encode
from odoo.addons.dms_base.merkle.entries import decode_base64

PREV = b64encode(b"p" * 32).decode()
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
keys = st.from_regex(r"\A[a-z][a-z0-9_]{0,8}\Z")
scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts
values = st.recursive(
    scalars,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(keys, v, max_size=3),
    max_leaves=6,
)
bodies = st.dictionaries(keys, values, max_size=4)


def leaf(body: str = '{"km":12}', n: int = 3, prev: str | None = PREV) -> bytes:
    at = "2026-11-24T08:00:00Z"
    return encode("vehicle.sold", "LZZAB1", at, "TA/A1", body, n, prev)


def test_an_entry_is_one_line_of_json():
    assert leaf().decode() == (
        '{"at":"2026-11-24T08:00:00Z","body":{"km":12},"kind":"vehicle.sold","n":3,'
        f'"prev":"{PREV}","store":"TA/A1","subject":"LZZAB1","v":1}}'
    )


def test_the_first_entry_of_a_subject_has_none_before():
    assert decode(leaf(n=1, prev=None))["prev"] is None


@given(bodies, texts, texts)
def test_what_goes_in_comes_out(body, kind, subject):
    entry = decode(
        encode(kind, subject, "2026-11-24T08:00:00Z", "A", canonical(body), 1, None)
    )
    assert (entry["body"], entry["kind"], entry["subject"]) == (body, kind, subject)


@given(bodies)
def test_the_order_of_keys_does_not_matter(body):
    turned = dict(reversed(body.items()))
    assert canonical(turned) == canonical(body)


def test_chinese_stands_as_it_is():
    assert canonical({"city": "上海"}) == '{"city":"上海"}'


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"a": 1.0}, "body.a is a float"),
        ({"a": [1, {"b": 0.1}]}, r"body.a\[1\].b is a float"),
        ({"a": float("nan")}, "body.a is a float"),
        ({"a": 2**53}, "beyond 2"),
        ({"a": -(2**53)}, "beyond 2"),
        ({"a": b"x"}, "body.a is a bytes"),
        ({"a": {1, 2}}, "body.a is a set"),
        ({"a": (1, 2)}, "body.a is a tuple"),
        ({"a": object()}, "body.a is a object"),
        ({"a": "\ud800"}, "not valid Unicode"),
        ({"a": "\0"}, "null character"),
        ({1: 2}, "has the key 1"),
        ({"A": 2}, "has the key 'A'"),
        ({"键": 2}, "has the key"),
        ({"": 2}, "has the key"),
    ],
)
def test_what_has_no_single_form_is_refused_with_its_place(body, place):
    with pytest.raises(EntryError, match=place):
        canonical(body)


def nested(depth: int) -> dict:
    return {"a": nested(depth - 1)} if depth else {}


def test_what_may_be_written_can_be_read_however_deep():
    assert decode(leaf(canonical(nested(16))))
    with pytest.raises(EntryError, match="too deeply"):
        canonical(nested(17))


def other(**changes) -> bytes:
    entry = json.loads(leaf()) | changes
    return json.dumps(
        entry, sort_keys=True, ensure_ascii=False, separators=(",", ":")
    ).encode()


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"not json",
        b"[" * 100_000,
        leaf() + b" ",
        leaf() + b"\n",
        leaf().replace(b":3,", b": 3,"),
        leaf().replace(b":3,", b":3.0,"),
        leaf().replace(b":3,", b":3e0,"),
        leaf().replace(b"sold", b"s\\u006fld"),
        leaf().replace(b'"n":3', b'"n":3,"n":3'),
        b"\xef\xbb\xbf" + leaf(),
        other(v=2),
        other(v=True),
        other(n=0),
        other(n=True),
        other(n="3"),
        other(prev=None),
        other(prev="AAAA"),
        other(n=1),
        other(at="2026-11-24 08:00:00"),
        other(body=[]),
        other(body={"a": 2**60}),
        other(subject=None),
        other(more=1),
        leaf('{"a":"' + "x" * 65_536 + '"}'),
    ],
)
def test_what_is_not_the_canonical_form_is_refused(damaged):
    with pytest.raises(EntryError):
        decode(damaged)


@pytest.mark.parametrize("text", ["AAA", "AAA=\n", "AAB=", "A A=", "AA-_", None, 5])
def test_base64_has_one_form(text):
    with pytest.raises(EntryError):
        decode_base64(text)
