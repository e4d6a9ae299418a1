"""The command: ``python -m dms_verify passport.json [--key VKEY]``."""

import argparse
import json
import locale
import sys
from pathlib import Path
from typing import Any

from .merkle.passport import Finding, Judge, Report, check
from .words import WORDS, say

PROVEN, NOT_PROVEN, UNREADABLE = 0, 1, 2


class Unreadable(Exception):
    """A file that is not there, or holds no JSON."""


def main(argv: list[str] | None = None) -> int:
    """:return: 0 if everything is proven, 1 if not, 2 if it is not a passport"""
    options = _options(argv)
    lang = options.lang or _system_language()
    try:
        passport = _read_json(options.passport)
        kept = options.previous and _read_kept(options.previous)
        judge = _judge(options.tsa_root)
    except Unreadable as error:
        path, reason = error.args
        print(say(lang, "unreadable", path=path, reason=reason), file=sys.stderr)
        return UNREADABLE
    except ImportError:
        print(say(lang, "extra_missing"), file=sys.stderr)
        return UNREADABLE
    report = check(passport, options.key, kept, judge)
    print("\n".join(_lines(report, passport, lang)))
    if not report.readable:
        return UNREADABLE
    return PROVEN if report.good else NOT_PROVEN


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dms_verify", description="Check the passport of a car, without network."
    )
    parser.add_argument("passport", type=Path, help="the downloaded passport.json")
    parser.add_argument(
        "--key", action="append", default=[], help="public key of the log you trust"
    )
    parser.add_argument(
        "--previous", type=Path, help="a checkpoint or passport you kept"
    )
    parser.add_argument(
        "--tsa-root",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="certificates (PEM) of a timestamp authority you trust",
    )
    parser.add_argument("--lang", choices=sorted(WORDS))
    return parser.parse_args(argv)


def _system_language() -> str:
    return "zh" if (locale.getlocale()[0] or "").lower().startswith("zh") else "en"


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(path, getattr(error, "strerror", None) or error) from None


def _read_json(path: Path) -> Any:
    try:
        return json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise Unreadable(path, error) from None


def _read_kept(path: Path) -> Any:
    """:return: a passport, or the text of a checkpoint"""
    text = _read(path)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _judge(paths: list[Path]) -> Judge | None:
    """:return: what checks timestamps, None if no authority is trusted
    :raise ImportError: if the extra is not installed
    """
    if not paths:
        return None
    from . import stamps

    judge = stamps.Judge()
    for path in paths:
        try:
            judge.believe(_read(path).encode())
        except stamps.TimestampError as error:
            raise Unreadable(path, error) from None
    return judge


def _lines(report: Report, passport: Any, lang: str) -> list[str]:
    lines = [_sentence(finding, lang) for finding in report.findings]
    notes = [_sentence(note, lang) for note in report.notes]
    lines += [say(lang, "note", sentence=note) for note in notes]
    if report.checkpoint:
        origin, size = report.checkpoint.origin, report.checkpoint.size
        lines.append(say(lang, "log", origin=origin, size=size))
    if report.good:
        events = len(report.entries)
        return [*lines, say(lang, "good", events=events, vin=passport["vin"])]
    return [*lines, say(lang, "bad", problems=len(report.findings))]


def _sentence(finding: Finding, lang: str) -> str:
    sentence = say(lang, finding.code, **finding.values)
    if finding.event is None:
        return sentence
    return say(lang, "event", event=finding.event, sentence=sentence)


if __name__ == "__main__":
    sys.exit(main())
