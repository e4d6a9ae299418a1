"""What the title of a used car tells: brand, series, model year, trim."""

import re
from collections.abc import Iterable
from typing import NamedTuple

YEAR = re.compile(r"\s*((?:19|20)\d\d)\s*款?\s*")
LETTERS = re.compile(r"[A-Za-z0-9]")


class Title(NamedTuple):
    """The parts of a title; the model year is NaN where none is named."""

    brand: str
    series: str
    model_year: float
    trim: str


def read_title(text: str, brands: Iterable[str] = ()) -> Title:
    """:param brands: known ones, for titles that write brand and series together"""
    found = YEAR.search(text)
    series = (text[: found.start()] if found else text).strip()
    trim = text[found.end() :].strip() if found else ""
    year = float(found.group(1)) if found else float("nan")
    return Title(_brand(series, brands), series, year, trim)


def _brand(series: str, brands: Iterable[str]) -> str:
    if " " in series:
        return series.split()[0]
    known = [brand for brand in brands if series.startswith(brand)]
    if known:
        return max(known, key=len)
    return LETTERS.split(series)[0][:3] or series[:3]


def brands_of(texts: Iterable[str]) -> list[str]:
    """:return: the brands that stand alone in some title"""
    found = {read_title(text).brand for text in texts if " " in read_title(text).series}
    return sorted(brand for brand in found if not LETTERS.search(brand))
