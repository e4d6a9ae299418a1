"""Subjects and moods of comments, learnt from few clear texts."""

import json

import pytest

from odoo.addons.dms_sales.comments import Comments

SAID = {
    "动力": {1: "动力很足 提速快", -1: "动力太差 提速慢", 0: "动力是1.5T的"},
    "价格": {1: "价格便宜 划算", -1: "价格太贵 不值", 0: "价格是多少"},
    "空间": {1: "空间很大 宽敞", -1: "空间太小 拥挤", 0: "空间有几座"},
}
TEXTS = [
    (f"{text}，第{n}次说", {subject: mood})
    for n in range(8)
    for subject, moods in SAID.items()
    for mood, text in moods.items()
]
HEARD = Comments().fit(*zip(*TEXTS, strict=True))


def test_a_subject_is_found_with_its_mood() -> None:
    assert HEARD.hear(["这车动力很足，提速真快"]) == [{"动力": 1}]
    assert HEARD.hear(["价格太贵了"]) == [{"价格": -1}]


def test_every_text_has_a_subject() -> None:
    assert all(HEARD.hear(["你好", ""]))


def test_what_was_saved_hears_the_same() -> None:
    state = json.loads(json.dumps(HEARD.to_json()))
    texts = [text for text, _known in TEXTS]
    assert Comments.load(state).hear(texts) == HEARD.hear(texts)


def test_one_subject_teaches_nothing() -> None:
    with pytest.raises(ValueError, match="fewer than two"):
        Comments().fit(["a", "b"], [{"x": 1}, {"x": 0}])
