"""What the manifests of our addons say."""

import ast
from collections.abc import Iterable
from functools import cache
from pathlib import Path


@cache
def read(addon: Path) -> dict:
    """:return: the manifest of the addon in this folder"""
    return ast.literal_eval((addon / "__manifest__.py").read_text("utf-8"))


def with_dependencies(folder: Path, addons: Iterable[str]) -> list[str]:
    """:return: the addons and those of the same folder they stand on, lowest first"""
    ordered: list[str] = []
    for addon in addons:
        below = [d for d in read(folder / addon)["depends"] if (folder / d).is_dir()]
        for name in (*with_dependencies(folder, below), addon):
            if name not in ordered:
                ordered.append(name)
    return ordered
