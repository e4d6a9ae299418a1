"""Manifests, requirements and the documentation of dependencies agree."""

import re

import pytest

from .deployment import ADDONS, ROOT, manifest, pinned

# What a manifest calls a package that the index knows under another name.
INDEX_NAMES = {"dateutil": "python-dateutil", "stdnum": "python-stdnum"}


def _external(addon) -> set[str]:
    named = manifest(addon).get("external_dependencies", {}).get("python", [])
    return {INDEX_NAMES.get(name, name).lower().replace("_", "-") for name in named}


@pytest.mark.parametrize("addon", ADDONS, ids=lambda addon: addon.name)
def test_external_packages_of_an_addon_are_pinned(addon):
    assert _external(addon) - set(pinned("runtime")) == set()


def test_image_gets_the_versions_the_tests_ran_with():
    assert pinned("suite").items() <= pinned("runtime").items()
    assert pinned("runtime").items() <= pinned("dev").items()


@pytest.mark.parametrize("name", ["suite", "runtime", "dev"])
def test_every_package_has_its_hash(name):
    text = (ROOT / "requirements" / f"{name}.txt").read_text("utf-8")
    packages = re.split(r"\n(?=[a-z0-9-]+(?:\[[^]]*\])?==)", f"\n{text}")[1:]
    assert [p.split()[0] for p in packages if "--hash=sha256:" not in p] == []


@pytest.mark.parametrize("name", ["suite", "runtime", "dev"])
def test_every_direct_dependency_has_a_reason(name):
    reasons = (ROOT / "docs/DEPENDENCIES.md").read_text("utf-8").lower()
    text = (ROOT / "requirements" / f"{name}.in").read_text("utf-8")
    direct = re.findall(r"^[a-z][a-z0-9-]*", text, re.MULTILINE)
    assert [package for package in direct if f"`{package}`" not in reasons] == []
