"""A small log of two cars, a good passport out of it, and every kind of damage."""

import copy
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

from odoo.addons.dms_base.merkle import (
    Checkpoint,
    PrivateKey,
    canonical,
    consistency_proof,
    encode,
    inclusion_proof,
    leaf_hash,
    notes,
    passport,
)

from tests.cores.merkle import naive

VIN, OTHER_VIN = "LZZAB1C10N0000001", "LZZAB1C10N0000002"
ORIGIN = "dms.example/log"
KEY = PrivateKey(ORIGIN, bytes(range(32)))
STRANGER = PrivateKey(ORIGIN, bytes(32))
STEPS = ("ordered", "received", "sold", "delivered", "serviced")


@dataclass
class Log:
    """Leaves in order, and the number of each car's last entry."""

    leaves: list[bytes] = field(default_factory=list)
    heads: dict[str, tuple[int, str | None]] = field(default_factory=dict)

    def add(self, vin: str, kind: str, body: dict | None = None) -> None:
        n, prev = self.heads.get(vin, (0, None))
        leaf = encode(
            f"vehicle.{kind}",
            vin,
            f"2026-11-{len(self.leaves) + 1:02d}T08:00:00Z",
            "TA/A1",
            canonical(body or {"km": 10 * n, "place": "上海"}),
            n + 1,
            prev,
        )
        self.heads[vin] = (n + 1, b64encode(leaf_hash(leaf)).decode())
        self.leaves.append(leaf)

    def checkpoint(self, size: int | None = None, key: PrivateKey = KEY) -> str:
        leaves = self.leaves[:size]
        text = Checkpoint(key.name, len(leaves), naive.root(leaves)).text
        return notes.write(text, [key.sign(text)])

    def passport(self, vin: str = VIN, since: int | None = None) -> dict:
        node, size = naive.node_of(self.leaves), len(self.leaves)
        events = [
            passport.Event(index, leaf, tuple(inclusion_proof(index, size, node)))
            for index, leaf in enumerate(self.leaves)
            if json.loads(leaf)["subject"] == vin
        ]
        older = since and (since, consistency_proof(since, size, node))
        return passport.build(
            vin,
            ORIGIN,
            [KEY.public.vkey],
            self.checkpoint(),
            events,
            consistency=older,
        )


def log(steps: int = 5) -> Log:
    made = Log()
    for step in STEPS[:steps]:
        made.add(VIN, step)
        made.add(OTHER_VIN, step)
    return made


def good() -> dict:
    return log().passport()


@dataclass(frozen=True)
class Case:
    """A passport, what the reader adds, and the findings to be named."""

    name: str
    passport: dict
    expected: list[tuple[str, int | None]]
    keys: list[str] = field(default_factory=list)
    previous: object = None

    def to_json(self) -> dict:
        return {
            "passport": self.passport,
            "keys": self.keys,
            "previous": self.previous,
        }


def _damage(name: str, expected, change: Callable[[dict], object]) -> Case:
    data = copy.deepcopy(good())
    change(data)
    return Case(name, data, expected)


def _edit_entry(data: dict, place: int, old: bytes, new: bytes) -> None:
    event = data["events"][place - 1]
    leaf = passport.decode_base64(event["entry"])
    assert old in leaf
    event["entry"] = b64encode(leaf.replace(old, new)).decode()


def _swap(data: dict, one: int, other: int) -> None:
    events = data["events"]
    events[one - 1], events[other - 1] = events[other - 1], events[one - 1]


def _foreign_event(data: dict) -> None:
    data["events"][2] = log().passport(OTHER_VIN)["events"][2]


def _swapped_leaves() -> dict:
    """The proofs belong to a log in which two leaves changed places."""
    made = log()
    data = made.passport()
    made.leaves[2], made.leaves[4] = made.leaves[4], made.leaves[2]
    data["checkpoint"] = made.checkpoint()
    return data


def _broken_chain() -> dict:
    """A superuser rewrote event 2 and built everything above it anew."""
    made = log()
    made.leaves[2] = made.leaves[2].replace(b'"km":10', b'"km":11')
    return made.passport()


def _other_origin() -> dict:
    key = PrivateKey("other.example/log", bytes(range(32)))
    data = log().passport()
    data["checkpoint"] = log().checkpoint(key=key)
    data["log"]["keys"] = [key.public.vkey]
    return data


def _forked() -> Log:
    made = log(3)
    made.add(VIN, "stolen")
    made.add(OTHER_VIN, "stolen")
    made.add(VIN, "found")
    made.add(OTHER_VIN, "found")
    return made


def _set(name: str, value) -> Callable[[dict], object]:
    return lambda data: data.__setitem__(name, value)


def damages() -> list[Case]:
    """Each kind of damage once, with what must be named."""
    return [
        _damage(
            "signature of another checkpoint",
            [("signature_bad", None)],
            lambda data: data.update(
                checkpoint=data["checkpoint"].replace("\n10\n", "\n11\n")
            ),
        ),
        _damage(
            "signed by a stranger",
            [("key_unknown", None)],
            _set("checkpoint", log().checkpoint(key=STRANGER)),
        ),
        _damage(
            "checkpoint is no note",
            [("checkpoint_malformed", None)],
            _set("checkpoint", "hello"),
        ),
        Case(
            "checkpoint of another log",
            _other_origin(),
            [("checkpoint_of_another_log", None)],
        ),
        _damage(
            "one byte of event 3 changed",
            [("entry_not_in_log", 3)],
            lambda data: _edit_entry(data, 3, b'"km":20', b'"km":21'),
        ),
        _damage(
            "event 4 at another place",
            [("entry_not_in_log", 4)],
            lambda data: data["events"][3].update(index=7),
        ),
        _damage(
            "event 4 beyond the log",
            [("entry_not_in_log", 4)],
            lambda data: data["events"][3].update(index=10),
        ),
        _damage(
            "proof of event 1 too short",
            [("entry_not_in_log", 1)],
            lambda data: data["events"][0]["proof"].pop(),
        ),
        _damage(
            "event 2 is written differently",
            [("entry_malformed", 2)],
            lambda data: _edit_entry(data, 2, b'"km":10', b'"km": 10'),
        ),
        _damage(
            "event 3 is one of another car",
            [("entry_of_another_car", 3), ("chain_broken", 3), ("chain_broken", 4)],
            _foreign_event,
        ),
        _damage(
            "event 2 left out",
            [("entry_left_out", 2)],
            lambda data: data["events"].pop(1),
        ),
        _damage(
            "first event left out",
            [("entry_left_out", 1)],
            lambda data: data["events"].pop(0),
        ),
        _damage(
            "events 2 and 3 swapped",
            [
                ("entry_out_of_order", 2),
                ("entry_out_of_order", 3),
                ("entry_out_of_order", 4),
            ],
            lambda data: _swap(data, 2, 3),
        ),
        _damage(
            "event 5 shown twice",
            [("entry_out_of_order", 6)],
            lambda data: data["events"].append(data["events"][-1]),
        ),
        Case(
            "leaves of the log swapped",
            _swapped_leaves(),
            [("entry_not_in_log", place) for place in range(1, 6)],
        ),
        Case("rewritten and signed anew", _broken_chain(), [("chain_broken", 3)]),
        Case(
            "log went back",
            log(3).passport(),
            [("log_rolled_back", None)],
            previous=log(5).checkpoint(),
        ),
        Case(
            "log forked at the same size",
            _forked().passport(),
            [("log_forked", None)],
            previous=log().checkpoint(),
        ),
        Case(
            "log forked earlier",
            _forked().passport(since=8),
            [("log_forked", None)],
            previous=log(4).checkpoint(),
        ),
        Case(
            "growth is not proven",
            log().passport(),
            [("consistency_missing", None)],
            previous=log(4).checkpoint(),
        ),
        Case(
            "last event of the kept passport is gone",
            good() | {"events": good()["events"][:4]},
            [("entry_disappeared", None)],
            previous=good(),
        ),
        Case(
            "kept checkpoint is damaged",
            good(),
            [("previous_malformed", None)],
            previous="hello",
        ),
        Case(
            "kept file is something else",
            good(),
            [("previous_malformed", None)],
            previous={"a": 1},
        ),
        Case(
            "kept checkpoint is by a stranger",
            good(),
            [("previous_untrusted", None)],
            previous=log().checkpoint(key=STRANGER),
        ),
        Case(
            "kept checkpoint was edited",
            good(),
            [("previous_untrusted", None)],
            previous=log().checkpoint().replace("\n10\n", "\n9\n"),
        ),
        Case(
            "reader trusts another key",
            good(),
            [("key_unknown", None)],
            keys=[STRANGER.public.vkey],
        ),
        *map(_malformed, MALFORMED),
    ]


MALFORMED = {
    "other format": _set("format", "dms-passport/2"),
    "no car": _set("vin", None),
    "no log": _set("log", None),
    "keys are no list": _set("log", {"origin": ORIGIN, "keys": "x"}),
    "no checkpoint": lambda data: data.pop("checkpoint"),
    "events are no list": _set("events", {}),
    "an event is a number": _set("events", [1]),
    "an index is negative": lambda data: data["events"][0].update(index=-1),
    "an index is text": lambda data: data["events"][0].update(index="1"),
    "an index is true": lambda data: data["events"][0].update(index=True),
    "an index is a fraction": lambda data: data["events"][0].update(index=0.5),
    "an entry is not base64": lambda data: data["events"][0].update(entry="?"),
    "a proof has a short hash": lambda data: data["events"][0].update(proof=["AAAA"]),
    "a timestamp is a number": _set("timestamps", [7]),
    "anchors are no list": _set("anchors", {}),
    "consistency is a list": _set("consistency", [7]),
    "consistency without proof": _set("consistency", {"size": 3}),
}


def _malformed(name: str) -> Case:
    return _damage(name, [("passport_malformed", None)], MALFORMED[name])


def accepted() -> list[Case]:
    """What must be accepted, with what readers may add."""
    since = {"passport": log().passport(since=8), "expected": []}
    return [
        Case("good", good(), []),
        Case("known key", good(), [], keys=[KEY.public.vkey]),
        Case("an unreadable key beside", good(), [], keys=["?", KEY.public.vkey]),
        Case("grown since a checkpoint", previous=log(4).checkpoint(), **since),
        Case("grown since a passport", previous=log(4).passport(), **since),
        Case("same as kept", good(), [], previous=good()),
        Case("kept before the first entry", good(), [], previous=log(0).checkpoint()),
        Case("a car without events", log().passport("NONE"), []),
        Case("anchors pass", good() | {"anchors": [{"chain": 1}]}, []),
        Case("timestamps pass", good() | {"timestamps": ["AAAA"]}, []),
        Case(
            "a key of the future beside",
            good() | {"log": {"origin": ORIGIN, "keys": ["?", KEY.public.vkey]}},
            [],
        ),
    ]
