"""Texts as weighted counts of their characters and words."""

import logging
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_matrix

LONGEST = 3


def words(text: str) -> list[str]:
    """:return: the words of a text in any language, blanks left out"""
    import jieba

    jieba.setLogLevel(logging.ERROR)
    return [word for word in jieba.lcut(text.lower()) if word.strip()]


def tokens(text: str) -> Counter[str]:
    """:return: how often each run of characters, word and pair of words stands there"""
    plain, said = " ".join(text.lower().split()), words(text)
    found = Counter(
        "c" + plain[at : at + size]
        for size in range(1, LONGEST + 1)
        for at in range(len(plain) - size + 1)
    )
    found.update("w" + word for word in said)
    found.update(f"w{a} {b}" for a, b in zip(said, said[1:], strict=False))
    return found


def vocabulary(counted: Iterable[Counter[str]], least: int = 2) -> dict[str, float]:
    """:return: how telling each token is (inverse document frequency)"""
    counted = list(counted)
    seen = Counter(token for counts in counted for token in counts)
    many = len(counted) + 1
    return {
        token: round(float(np.log(many / (count + 1)) + 1), 4)
        for token, count in sorted(seen.items())
        if count >= least
    }


def matrix(counted: Sequence[Counter[str]], telling: dict[str, float]) -> csr_matrix:
    """:return: one row per text; characters and words count alike"""
    place = {token: at for at, token in enumerate(telling)}
    data, columns, starts = [], [], [0]
    for counts in counted:
        row = _row(counts, telling)
        data.extend(row.values())
        columns.extend(place[token] for token in row)
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), (len(counted), len(telling)))


def _row(counts: Counter[str], telling: dict[str, float]) -> dict[str, float]:
    row = {
        token: (1 + np.log(count)) * telling[token]
        for token, count in counts.items()
        if token in telling
    }
    length = {
        kind: np.sqrt(sum(v * v for token, v in row.items() if token[0] == kind)) or 1.0
        for kind in "cw"
    }
    return {token: float(value / length[token[0]]) for token, value in row.items()}
