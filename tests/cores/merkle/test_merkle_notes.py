"""Signed notes, keys, checkpoints and cosignatures as C2SP writes them."""

from base64 import b64encode

import pytest

from odoo.addons.dms_base.merkle import (
    Checkpoint,
    NoteError,
    PrivateKey,
    PublicKey,
    cosigned_at,
    notes,
    open_checkpoint,
)
from odoo.addons.dms_base.merkle import cosign as add_cosignature
from odoo.addons.dms_base.merkle.notes import COSIGNATURE

# The example of the C2SP text.
VKEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
EXAMPLE = (
    "This is an example message.\n\n\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv"
    "1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
TEXT = "example.com/log\n3\n" + b64encode(b"r" * 32).decode() + "\n"


@pytest.fixture(scope="module")
def key() -> PrivateKey:
    return PrivateKey.generate("example.com/log")


@pytest.fixture
def note(key) -> str:
    return notes.write(TEXT, [key.sign(TEXT)])


def refused(code: str):
    return pytest.raises(NoteError, check=lambda error: error.code == code)


def test_the_example_of_the_protocol_text():
    key = PublicKey.parse(VKEY)
    assert key.id.hex() == "530d903a"
    assert notes.verify(notes.parse(EXAMPLE), [key]) == [key]


def test_a_key_travels_as_text():
    key = PublicKey.parse(VKEY)
    assert key.name == "example.com/foo"
    assert key.vkey == VKEY


@pytest.mark.parametrize(
    "vkey",
    [
        VKEY.replace("530d903a", "530d903b"),
        VKEY.replace("foo", "bar"),
        VKEY.replace("+Aeky", "+Beky"),
        VKEY[:-4],
        VKEY.replace("example.com/foo", "example com"),
        "+530d903a+Aeky",
        "nothing",
        "",
    ],
)
def test_a_damaged_key_is_refused(vkey):
    with refused("malformed"):
        PublicKey.parse(vkey)


def test_a_private_key_comes_back_from_its_text(key):
    assert PrivateKey.parse(key.text + "\n") == key


def test_a_damaged_private_key_is_refused(key):
    with refused("malformed"):
        PrivateKey.parse(key.text.replace("log", "lag"))


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\tb", "a\u3000b"])
def test_a_name_has_neither_spaces_nor_plus(name):
    with refused("malformed"):
        PrivateKey.generate(name)


def test_a_note_ends_with_its_signature_lines(note):
    assert note.startswith(TEXT + "\n\u2014 example.com/log ")
    assert note.endswith("\n")


def test_what_was_signed_is_accepted(key, note):
    assert notes.verify(notes.parse(note), [key.public]) == [key.public]


def test_one_changed_letter_is_refused(key, note):
    with refused("signature_bad"):
        notes.verify(notes.parse(note.replace("\n3\n", "\n4\n")), [key.public])


def test_unknown_keys_are_passed_over(key, note):
    other = PrivateKey.generate("example.com/other")
    both = note + other.sign(TEXT)
    assert notes.verify(notes.parse(both), [key.public]) == [key.public]


def test_a_note_without_a_known_key_is_refused(note):
    stranger = PrivateKey.generate("example.com/log")
    with refused("key_unknown"):
        notes.verify(notes.parse(note), [stranger.public])


def test_a_known_key_that_fails_spoils_the_note(key, note):
    second = PrivateKey.generate("example.com/log")
    forged = note + notes.signature_line(second.public, b"f" * 64)
    with refused("signature_bad"):
        notes.verify(notes.parse(forged), [key.public, second.public])


def test_sixteen_signatures_are_no_problem(key):
    keys = [key, *(PrivateKey.generate(f"w{n}") for n in range(15))]
    note = notes.write(TEXT, [each.sign(TEXT) for each in keys])
    publics = [each.public for each in keys]
    assert notes.verify(notes.parse(note), publics) == publics


@pytest.mark.parametrize(
    "change",
    [
        lambda note: note.replace("\n\n", "\n"),
        lambda note: note.rstrip("\n"),
        lambda note: note.replace("\u2014", "-"),
        lambda note: note.replace("\u2014 ", "\u2014  "),
        lambda note: note.replace("\n\n", "\r\n\r\n"),
        lambda note: note + "\n",
        lambda note: note + "trailing\n",
        lambda note: "\ud800" + note,
        lambda note: "x" * 1_000_001 + note,
        lambda note: note + "\u2014 a AAAAAA==\n" * 100,
        lambda note: "",
    ],
)
def test_what_is_no_note_is_refused(note, change):
    with refused("malformed"):
        notes.parse(change(note))


def test_a_text_may_have_blank_lines():
    key = PrivateKey.generate("a")
    text = "one\n\ntwo\n"
    note = notes.parse(notes.write(text, [key.sign(text)]))
    assert note.text == text
    assert notes.verify(note, [key.public])


def test_a_checkpoint_is_three_lines():
    checkpoint = Checkpoint("example.com/log", 3, b"r" * 32)
    assert checkpoint.text == TEXT
    assert Checkpoint.parse(TEXT) == checkpoint


def test_lines_after_the_third_are_passed_over():
    assert Checkpoint.parse(TEXT + "more\n").size == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.com/log\n3\n",
        TEXT.replace("\n3\n", "\n03\n"),
        TEXT.replace("\n3\n", "\n-3\n"),
        TEXT.replace("\n3\n", "\n٣\n"),
        TEXT.replace("\n3\n", "\n9999999999999999\n"),
        TEXT.replace("=\n", "\n"),
        TEXT.replace("example.com/log", ""),
        TEXT.rstrip("\n"),
        "a\n1\nAAAA\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text):
    with refused("malformed"):
        Checkpoint.parse(text)


def test_a_checkpoint_needs_the_key_of_its_own_log(note):
    other = PrivateKey.generate("example.com/other")
    foreign = notes.write(TEXT, [other.sign(TEXT)])
    with refused("key_unknown"):
        open_checkpoint(foreign, [other.public])


def test_the_checkpoint_in_a_note(key, note):
    assert open_checkpoint(note, [key.public]).size == 3


@pytest.fixture(scope="module")
def witness() -> PrivateKey:
    return PrivateKey.generate("witness.example", COSIGNATURE)


def line_of(witness: PrivateKey, text: str = TEXT, time: int = 1_700_000_000):
    line = add_cosignature(witness, text, time)
    return notes.parse(notes.write(text, [line])).signatures[0]


def test_a_witness_says_when_it_saw_the_log(witness):
    assert cosigned_at(witness.public, TEXT, line_of(witness)) == 1_700_000_000


def test_a_witness_signs_the_time_too(witness):
    line = line_of(witness)
    later = (1_700_000_001).to_bytes(8, "big") + line.blob[8:]
    moved = notes.Signature(line.name, line.key_id, later)
    assert cosigned_at(witness.public, TEXT, moved) is None


def test_a_witness_signs_one_checkpoint(witness):
    changed = TEXT.replace("\n3\n", "\n4\n")
    assert cosigned_at(witness.public, changed, line_of(witness)) is None


def test_a_witness_is_no_key_of_a_log(witness):
    note = notes.write(TEXT, [add_cosignature(witness, TEXT, 1)])
    with refused("key_unknown"):
        notes.verify(notes.parse(note), [witness.public])


def test_the_key_of_a_log_is_no_witness(key):
    signature = notes.parse(notes.write(TEXT, [key.sign(TEXT)])).signatures[0]
    assert cosigned_at(key.public, TEXT, signature) is None


def test_a_witness_key_travels_as_text_too(witness):
    assert PublicKey.parse(witness.public.vkey) == witness.public
    assert PrivateKey.parse(witness.text) == witness
