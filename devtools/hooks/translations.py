"""Every addon speaks Chinese: each term translated, none left doubtful."""

import sys
from pathlib import Path

import polib

LANGUAGE = "zh_CN"


def gaps(addon: Path) -> list[str]:
    """:return: what the addon's Chinese translation lacks, a sentence each"""
    file = addon / "i18n" / f"{LANGUAGE}.po"
    if not file.exists():
        return [f"{file} is missing"]
    translation = polib.pofile(str(file))
    return [
        *(f"{file}: not translated: {e.msgid!r}" for e in _untranslated(translation)),
        *(f"{file}: doubtful: {e.msgid!r}" for e in translation.fuzzy_entries()),
        *(f"{file}: term is absent: {term!r}" for term in _absent(addon, translation)),
    ]


def _untranslated(translation: polib.POFile) -> list[polib.POEntry]:
    fuzzy = translation.fuzzy_entries()
    return [e for e in translation.untranslated_entries() if e not in fuzzy]


def _absent(addon: Path, translation: polib.POFile) -> list[str]:
    template = addon / "i18n" / f"{addon.name}.pot"
    if not template.exists():
        return []
    known = {entry.msgid for entry in translation if not entry.obsolete}
    return [e.msgid for e in polib.pofile(str(template)) if e.msgid not in known]


def _addons(files: list[str]) -> list[Path]:
    parents = (parent for file in files for parent in Path(file).parents)
    return sorted({p for p in parents if (p / "__manifest__.py").exists()})


def main(files: list[str]) -> int:
    lacking = [gap for addon in _addons(files) for gap in gaps(addon)]
    print("\n".join(lacking))
    return int(bool(lacking))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
