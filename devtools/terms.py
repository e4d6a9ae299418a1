"""Merging freshly exported terms into an addon's translation files."""

import sys
from pathlib import Path

import polib

from .hooks.translations import LANGUAGE, gaps

# Without dates: an export that changed no term changes no file.
HEADER = {
    "Project-Id-Version": "Open DMS 19.0",
    "Language-Team": "",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def merge(exported: polib.POFile, known: dict[str, str]) -> polib.POFile:
    """:return: the exported terms, each with the translation it already had"""
    merged = polib.POFile(wrapwidth=78)
    merged.metadata = HEADER
    for entry in exported:
        entry.msgstr = known.get(entry.msgid, "")
        merged.append(entry)
    return merged


def update(addon: Path, export: Path) -> list[str]:
    """Refresh template and translation; :return: what is still to be translated"""
    folder = addon / "i18n"
    folder.mkdir(exist_ok=True)
    exported = polib.pofile(str(export))
    merge(exported, {}).save(str(folder / f"{addon.name}.pot"))
    file = folder / f"{LANGUAGE}.po"
    known = polib.pofile(str(file)) if file.exists() else []
    translation = merge(exported, {e.msgid: e.msgstr for e in known if not e.obsolete})
    translation.metadata = {**HEADER, "Language": LANGUAGE}
    translation.save(str(file))
    return gaps(addon)


def main(arguments: list[str]) -> int:
    lacking = []
    for addon in map(Path, arguments[1:]):
        lacking += update(addon, Path(arguments[0]) / f"{addon.name}.pot")
    print("\n".join(lacking) or "every term is translated")
    return int(bool(lacking))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
