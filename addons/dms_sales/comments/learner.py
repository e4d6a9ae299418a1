"""Learns subjects and moods from labelled texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from scipy.sparse import csr_matrix, hstack

from .tokens import matrix, tokens, vocabulary

SEED = 20260101
# a subject is found if its margin is above this: below zero, as missing one that is
# there costs as much as finding one that is not
LEAST_MARGIN = -0.25
OF_SUBJECT = 0.7


@dataclass
class Heard:
    """What was learnt.

    :ivar telling: the tokens and how telling they are
    :ivar about: per subject one weight per token and the start
    :ivar mood: per mood one weight per token, per token and subject, per subject, start
    """

    telling: dict[str, float]
    subjects: list[str]
    moods: list[int]
    about: np.ndarray
    mood: np.ndarray
    code: ClassVar[str] = "comments"

    def hear(self, texts: Sequence[str]) -> list[dict[str, int]]:
        """:return: per text its subjects, at least one, and the mood about each"""
        if not texts:
            return []
        inputs = matrix([tokens(text) for text in texts], self.telling)
        margins = inputs @ self.about[:, :-1].T + self.about[:, -1]
        pairs = [
            (row, subject)
            for row in range(len(texts))
            for subject in _chosen(margins[row])
        ]
        moods = self._moods(inputs, pairs)
        found: list[dict[str, int]] = [{} for _ in texts]
        for (row, subject), mood in zip(pairs, moods, strict=True):
            found[row][self.subjects[subject]] = mood
        return found

    def _moods(self, inputs, pairs) -> list[int]:
        features = about_subject(inputs, pairs, len(self.subjects))
        margins = features @ self.mood[:, :-1].T + self.mood[:, -1]
        return [self.moods[at] for at in margins.argmax(axis=1)]

    def to_json(self) -> dict[str, Any]:
        """:return: all that was learnt, weights of four digits"""
        return {
            "telling": self.telling,
            "subjects": self.subjects,
            "moods": self.moods,
            "about": self.about.round(4).tolist(),
            "mood": self.mood.round(4).tolist(),
        }


def _chosen(margins: np.ndarray) -> list[int]:
    found = np.flatnonzero(margins >= LEAST_MARGIN).tolist()
    return found or [int(margins.argmax())]


def about_subject(inputs: csr_matrix, pairs, subjects: int) -> csr_matrix:
    """:return: one row per (text, subject): the tokens, the tokens said of this
    subject, the subject"""
    rows = inputs[[row for row, _subject in pairs]].tocsr()
    width = rows.shape[1]
    of = np.array([subject for _row, subject in pairs], dtype=np.int64)
    shifted = rows.indices.astype(np.int64) + width * np.repeat(
        of, np.diff(rows.indptr)
    )
    own = csr_matrix(
        (rows.data * OF_SUBJECT, shifted, rows.indptr), (len(pairs), width * subjects)
    )
    which = csr_matrix(
        (np.ones(len(pairs)), (np.arange(len(pairs)), of)), (len(pairs), subjects)
    )
    return hstack([rows, own, which]).tocsr()


class Comments:
    """Learns from texts whose subjects, and the mood about each, are known."""

    code: ClassVar[str] = "comments"

    def fit(self, texts: Sequence[str], labels: Sequence[Mapping[str, int]]) -> Heard:
        """:raise ValueError: if there are not at least two subjects and two moods"""
        subjects = sorted({subject for known in labels for subject in known})
        moods = sorted({mood for known in labels for mood in known.values()})
        if len(subjects) < 2 or len(moods) < 2:
            raise ValueError("fewer than two subjects or moods")
        counted = [tokens(text) for text in texts]
        telling = vocabulary(counted)
        inputs = matrix(counted, telling)
        about = np.vstack(
            [_weigh(inputs, [s in known for known in labels], 0.3) for s in subjects]
        )
        pairs, said = _pairs(labels, subjects)
        features = about_subject(inputs, pairs, len(subjects))
        mood = np.vstack(
            [_weigh(features, [m == one for m in said], 0.2) for one in moods]
        )
        return Heard(telling, subjects, moods, about, mood)

    @classmethod
    def load(cls, state: dict[str, Any]) -> Heard:
        """:return: what was saved"""
        arrays = {name: np.array(state[name]) for name in ("about", "mood")}
        return Heard(state["telling"], state["subjects"], state["moods"], **arrays)


def _pairs(labels, subjects):
    place = {subject: at for at, subject in enumerate(subjects)}
    pairs = [(row, place[s]) for row, known in enumerate(labels) for s in known]
    return pairs, [mood for known in labels for mood in known.values()]


def _weigh(inputs, outcome, strength: float) -> np.ndarray:
    """:return: one weight per column and the start, of a support vector machine"""
    from sklearn.svm import LinearSVC

    model = LinearSVC(C=strength, dual=True, max_iter=500, random_state=SEED)
    model.fit(inputs, outcome)
    return np.append(model.coef_[0], model.intercept_[0])
