"""Computing a whole log anew and comparing it with all it ever signed."""

from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from .checkpoints import Checkpoint, open_checkpoint
from .notes import NoteError, PublicKey
from .tree import Frontier


@dataclass(frozen=True)
class Problem:
    """What does not agree.

    ``leaf_missing`` and ``leaf_changed`` name the leaf. ``tree_changed``: the leaves
    from ``index`` to the signed size ``size`` are not those that were signed, though
    each fits its own hash. ``checkpoint_false``: nobody who may signed that size.
    ``entry_forgotten``: the entry ``index`` waits for no place and has none.
    """

    code: str
    index: int
    size: int | None = None


def audit(
    leaves: Iterable[tuple[int, bytes, str]],
    checkpoints: Iterable[tuple[str, int]],
    keys: Sequence[PublicKey],
) -> list[Problem]:
    """:param leaves: (index, bytes, stored hash in base64) in the order of the log
    :param checkpoints: (signed note, size), ascending by size
    :return: all that does not agree, in the order of the log
    """
    problems: list[Problem] = []
    signed = deque(_open(checkpoints, keys, problems))
    tree, good = Frontier(), 0
    for index, leaf, stored in leaves:
        if index != tree.size:
            break
        value = sha256(b"\0" + leaf).digest()
        if b64encode(value).decode() != stored:
            problems.append(Problem("leaf_changed", index))
        tree.append(value)
        while signed and signed[0].size == tree.size:
            if signed.popleft().root == tree.root:
                good = tree.size
            else:
                problems.append(Problem("tree_changed", good, tree.size))
    if signed:
        problems.append(Problem("leaf_missing", tree.size))
    return problems


def _open(
    checkpoints: Iterable[tuple[str, int]],
    keys: Sequence[PublicKey],
    problems: list[Problem],
) -> Iterator[Checkpoint]:
    """Yield what was signed; note what was not."""
    for note, size in checkpoints:
        try:
            checkpoint = open_checkpoint(note, keys)
        except NoteError:
            problems.append(Problem("checkpoint_false", 0, size))
            continue
        if checkpoint.size == size and size:
            yield checkpoint
        elif size or checkpoint.size:
            problems.append(Problem("checkpoint_false", 0, size))
