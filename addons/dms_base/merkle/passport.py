"""A passport: the events of one car with the proofs that they stand in the log.

``{"format": "dms-passport/1", "vin": …, "log": {"origin": …, "keys": [vkey, …]},
"checkpoint": signed note, "events": [{"index": n, "entry": base64 of the leaf,
"proof": [base64, …]}, …], "timestamps": [base64 of RFC 3161 answers, …],
"consistency": {"size": size of an older checkpoint, "proof": [base64, …]}}``.
The last two may be missing. Events stand in the order of their number ``n``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from . import notes
from .checkpoints import Checkpoint, open_checkpoint
from .codes import NOTES
from .entries import (
    MAX_INTEGER,
    EntryError,
    decode,
    decode_base64,
    decode_hash,
    encode_base64,
)
from .hashing import leaf_hash
from .notes import NoteError, PublicKey
from .proofs import ProofError, verify_consistency, verify_inclusion

FORMAT = "dms-passport/1"
MAX_KEYS = 100


class PassportError(ValueError):
    """Not a passport at all."""


@dataclass(frozen=True)
class Event:
    """One event as the passport carries it."""

    index: int
    leaf: bytes
    proof: tuple[bytes, ...]

    def to_json(self) -> dict[str, Any]:
        """:return: the event as it stands in the file"""
        return {
            "index": self.index,
            "entry": encode_base64(self.leaf),
            "proof": [encode_base64(value) for value in self.proof],
        }


@dataclass(frozen=True)
class Finding:
    """One thing found: a code of ``codes``, and the event it is about.

    ``event`` counts from 1, as people do; None if it is about the whole passport.
    ``values`` fill the sentence that explains the code.
    """

    code: str
    event: int | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Report:
    """What a check found; ``entries`` are the readable ones, by event number."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    entries: dict[int, dict[str, Any]] = field(default_factory=dict)
    checkpoint: Checkpoint | None = None

    @property
    def good(self) -> bool:
        """Whether everything the passport says is proven."""
        return not self.findings

    @property
    def readable(self) -> bool:
        """Whether it was a passport at all."""
        return "passport_malformed" not in {found.code for found in self.findings}

    def add(self, code: str, event: int | None = None, **values: Any) -> None:
        """Note a failure."""
        self.findings.append(Finding(code, event, values))


def build(
    vin: str,
    origin: str,
    vkeys: Sequence[str],
    checkpoint: str,
    events: Iterable[Event],
    timestamps: Iterable[bytes] = (),
    consistency: tuple[int, Sequence[bytes]] | None = None,
) -> dict[str, Any]:
    """:param consistency: an older size and the proof that the log still begins so
    :return: the passport, ready to be written as JSON
    """
    passport = {
        "format": FORMAT,
        "vin": vin,
        "log": {"origin": origin, "keys": list(vkeys)},
        "checkpoint": checkpoint,
        "events": [event.to_json() for event in events],
        "timestamps": [encode_base64(answer) for answer in timestamps],
    }
    if consistency:
        size, proof = consistency
        hashes = [encode_base64(value) for value in proof]
        passport["consistency"] = {"size": size, "proof": hashes}
    return passport


@dataclass(frozen=True)
class Passport:
    """A passport whose parts have the right types; nothing is proven yet."""

    vin: str
    origin: str
    vkeys: tuple[str, ...]
    note: str
    events: tuple[Event, ...]
    timestamps: tuple[bytes, ...]
    old_size: int | None
    old_proof: tuple[bytes, ...]

    @classmethod
    def parse(cls, data: Any) -> "Passport":
        """:raise PassportError: if a part is missing or of another type"""
        data = _is(data, dict)
        if data.get("format") != FORMAT:
            raise PassportError(f"the format is not {FORMAT}")
        log = _is(data.get("log"), dict)
        older = _is(data.get("consistency") or {"proof": []}, dict)
        return cls(
            _is(data.get("vin"), str),
            _is(log.get("origin"), str),
            tuple(_is(key, str) for key in _is(log.get("keys"), list)[:MAX_KEYS]),
            _is(data.get("checkpoint"), str),
            tuple(map(_event, _is(data.get("events"), list))),
            tuple(map(_bytes, _is(data.get("timestamps", []), list))),
            _number(older["size"]) if "size" in older else None,
            tuple(map(_hash, _is(older.get("proof"), list))),
        )


def _is(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise PassportError(f"a {kind.__name__} is missing")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not 0 <= _is(value, int) <= MAX_INTEGER:
        raise PassportError("a number is out of range")
    return value


def _bytes(value: Any) -> bytes:
    try:
        return decode_base64(_is(value, str))
    except EntryError as error:
        raise PassportError(str(error)) from None


def _hash(value: Any) -> bytes:
    try:
        return decode_hash(_is(value, str))
    except EntryError as error:
        raise PassportError(str(error)) from None


def _event(value: Any) -> Event:
    value = _is(value, dict)
    return Event(
        _number(value.get("index")),
        _bytes(value.get("entry")),
        tuple(map(_hash, _is(value.get("proof"), list))),
    )


# (answer of an authority in DER, what it should be about) -> finding or note
Judge = Callable[[bytes, bytes], Finding]


def check(
    data: Any,
    keys: Sequence[str] = (),
    previous: Any = None,
    judge: Judge | None = None,
) -> Report:
    """Check everything a passport says.

    :param data: the passport as read from JSON
    :param keys: vkeys the reader trusts; without them those in the passport count,
        and a note says so
    :param previous: what the reader kept from earlier: a checkpoint (signed note) or a
        passport as read from JSON
    :param judge: checks one timestamp; without it a note says that they are unchecked
    """
    report = Report()
    try:
        passport = Passport.parse(data)
    except PassportError as error:
        report.add("passport_malformed", reason=str(error))
        return report
    trusted = _keys(keys or passport.vkeys)
    if not keys:
        report.notes.append(Finding("keys_from_passport"))
    report.checkpoint = _check_checkpoint(report, passport, trusted)
    _check_timestamps(report, passport, judge)
    proven = _check_events(report, passport)
    _check_order(report, proven)
    if previous is not None and report.checkpoint:
        _check_previous(report, passport, trusted, previous)
    return report


def _keys(vkeys: Iterable[str]) -> list[PublicKey]:
    """:return: the keys that can be read: others cannot have signed anything"""
    keys = []
    for vkey in vkeys:
        try:
            keys.append(PublicKey.parse(vkey))
        except NoteError:
            continue
    return keys


def _check_checkpoint(
    report: Report, passport: Passport, keys: Sequence[PublicKey]
) -> Checkpoint | None:
    try:
        checkpoint = open_checkpoint(passport.note, keys)
    except NoteError as error:
        codes = {"malformed": "checkpoint_malformed"}
        report.add(codes.get(error.code, error.code), origin=passport.origin)
        return None
    if checkpoint.origin != passport.origin:
        report.add(
            "checkpoint_of_another_log",
            origin=passport.origin,
            found=checkpoint.origin,
        )
    return checkpoint


def _check_timestamps(report: Report, passport: Passport, judge: Judge | None) -> None:
    """Check when the checkpoint existed, if it is one of the log."""
    count = len(passport.timestamps)
    if judge and report.checkpoint:
        text = notes.parse(passport.note).text.encode()
        found = [judge(answer, text) for answer in passport.timestamps]
        for finding in found or [Finding("timestamp_missing")]:
            is_note = finding.code in NOTES
            (report.notes if is_note else report.findings).append(finding)
    elif count:
        report.notes.append(Finding("timestamps_unchecked", values={"count": count}))


def _check_events(report: Report, passport: Passport) -> dict[int, bytes]:
    """:return: hash of each event that stands in the log, by its place from 1"""
    proven = {}
    for place, event in enumerate(passport.events, start=1):
        try:
            entry = decode(event.leaf)
        except EntryError as error:
            report.add("entry_malformed", place, reason=str(error))
            continue
        report.entries[place] = entry
        if entry["subject"] != passport.vin:
            report.add(
                "entry_of_another_car",
                place,
                found=entry["subject"],
                vin=passport.vin,
            )
        if report.checkpoint and _check_inclusion(report, place, event):
            proven[place] = leaf_hash(event.leaf)
    return proven


def _check_inclusion(report: Report, place: int, event: Event) -> bool:
    leaf, checkpoint = leaf_hash(event.leaf), report.checkpoint
    try:
        verify_inclusion(
            leaf, event.index, checkpoint.size, event.proof, checkpoint.root
        )
    except ProofError:
        report.add("entry_not_in_log", place, index=event.index)
        return False
    return True


def _check_order(report: Report, proven: Mapping[int, bytes]) -> None:
    """Find events left out, out of order, or not linked to the one before."""
    numbers = [entry["n"] for entry in report.entries.values()]
    hashes = {
        report.entries[place]["n"]: encode_base64(value)
        for place, value in proven.items()
    }
    expected = 1
    for place, entry in report.entries.items():
        number = entry["n"]
        if place > 1 and place - 1 not in report.entries:
            expected = number  # what an unreadable event said is not known
        if number > expected and expected not in numbers:
            report.add("entry_left_out", place, number=number, expected=expected)
        elif number != expected:
            report.add("entry_out_of_order", place, number=number, expected=expected)
        elif number - 1 in hashes and entry["prev"] != hashes[number - 1]:
            report.add("chain_broken", place, number=number)
        expected = number + 1


def _check_previous(
    report: Report, passport: Passport, keys: Sequence[PublicKey], previous: Any
) -> None:
    kept = None
    if not isinstance(previous, str):
        try:
            kept = Passport.parse(previous)
        except PassportError:
            return report.add("previous_malformed")
    try:
        old = open_checkpoint(kept.note if kept else previous, keys)
    except NoteError as error:
        malformed = error.code == "malformed"
        return report.add("previous_malformed" if malformed else "previous_untrusted")
    _check_growth(report, passport, old)
    if kept and kept.vin == passport.vin:
        _check_kept(report, passport, kept)


def _check_growth(report: Report, passport: Passport, old: Checkpoint) -> None:
    """Check that the log only grew since the checkpoint ``old``."""
    new, proof = report.checkpoint, passport.old_proof
    sizes = {"old": old.size, "new": new.size}
    if old.size > new.size:
        report.add("log_rolled_back", **sizes)
    elif 0 < old.size < new.size and passport.old_size != old.size:
        report.add("consistency_missing", **sizes)
    elif old.size:
        given = () if old.size == new.size else proof
        try:
            verify_consistency(old.size, new.size, old.root, new.root, given)
        except ProofError:
            report.add("log_forked", **sizes)


def _check_kept(report: Report, passport: Passport, kept: Passport) -> None:
    """Check that no event of the older passport is gone from this one."""
    present = {(event.index, event.leaf) for event in passport.events}
    for place, event in enumerate(kept.events, start=1):
        if (event.index, event.leaf) not in present:
            report.add("entry_disappeared", index=event.index, kept=place)
