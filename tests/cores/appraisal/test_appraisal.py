"""Prices of used cars: never rising with age or mileage, in an honest interval."""

import json

import numpy as np
import pytest

from odoo.addons.dms_base.learners import Table, dumps, loads
from odoo.addons.dms_sales.appraisal import Appraisal, read_title

BRANDS = {"大众 朗逸": 0.02, "丰田 卡罗拉": 0.1, "奥迪 A4L": -0.05, "本田 飞度": 0.12}


def cars(count: int, seed: int) -> tuple[Table, list[float]]:
    """Return cars that lose 12 % a year and 2 % per 10,000 km, with noise."""
    chance = np.random.default_rng(seed)
    rows, prices = [], []
    for _ in range(count):
        series = list(BRANDS)[chance.integers(4)]
        year, new = int(chance.integers(2010, 2020)), float(chance.uniform(8, 30))
        mileage = float(chance.uniform(0.5, 2.5)) * (2020 - year)
        worth = 0.9 - 0.12 * (2020 - year) - 0.02 * mileage + BRANDS[series]
        trim = f"1.{chance.integers(4, 9)}L 版{chance.integers(40)}"
        rows.append(
            {
                "title": f"{series} {year}款 {trim}",
                "new_price": f"{new:.2f}万",
                "year": f"{year}年",
                "mileage": f"{mileage:.2f}万公里",
                "gearbox": "自动",
                "displacement": "1.6L",
                "defects": "['2处异常']",
                "city": "上海",
            }
        )
        prices.append(new * float(np.exp(worth + chance.normal(0, 0.08))))
    return Table.from_rows(rows), prices


TABLE, PRICES = cars(400, 1)
TRAINED = Appraisal().fit(TABLE, PRICES)
LATER, TRUTH = cars(300, 2)


def changed(column: str, cells: list) -> Table:
    return Table(LATER.columns | {column: cells})


def test_prices_are_near_the_truth() -> None:
    error = np.mean(np.abs(np.array(TRAINED.predict(LATER)) / TRUTH - 1))
    assert error < 0.09  # of which 0.064 are chance


def test_the_interval_holds_four_of_five() -> None:
    inside = [
        low <= truth <= high
        for truth, (_price, low, high) in zip(TRUTH, TRAINED.value(LATER), strict=True)
    ]
    assert 0.72 < np.mean(inside) < 0.88


def test_the_price_lies_in_its_interval() -> None:
    assert all(low <= price <= high for price, low, high in TRAINED.value(LATER))


def test_a_price_never_rises_with_mileage() -> None:
    prices = [
        TRAINED.predict(changed("mileage", [f"{km}万公里"] * len(LATER)))
        for km in (0.1, 1, 3, 5, 8, 12, 20, 40)
    ]
    assert (np.diff(prices, axis=0) <= 1e-9).all()


def test_a_price_never_rises_with_age() -> None:
    prices = [
        TRAINED.predict(changed("year", [f"{year}年"] * len(LATER)))
        for year in range(2020, 1999, -1)
    ]
    assert (np.diff(prices, axis=0) <= 1e-9).all()


def test_the_same_examples_give_the_same_model() -> None:
    assert dumps(Appraisal().fit(TABLE, PRICES)) == dumps(TRAINED)


def test_what_was_saved_prices_the_same() -> None:
    again = loads(dumps(TRAINED), [Appraisal])
    assert again.value(LATER) == TRAINED.value(LATER)
    assert "pickle" not in json.dumps(TRAINED.to_json())


def test_reasons_name_what_moves_the_price() -> None:
    reasons = TRAINED.explain(changed("year", ["2010年"] * len(LATER)), limit=1)
    assert {why[0].code for why in reasons} <= {"age", "mileage"}
    assert all(why[0].weight < 0 for why in reasons)


def test_cars_of_unknown_brands_and_blank_cells_have_a_price() -> None:
    table = Table({"title": ["无名 X1 2015款"], "mileage": [""], "year": [None]})
    ((price, low, high),) = TRAINED.value(table)
    assert 0 < low <= price <= high


def test_no_cars_have_no_prices() -> None:
    assert TRAINED.value(Table({"title": []})) == []


def test_few_cars_teach_nothing() -> None:
    with pytest.raises(ValueError, match="fewer than 50"):
        Appraisal().fit(TABLE.take(range(10)), PRICES[:10])


@pytest.mark.parametrize(
    ("text", "brand", "series"),
    [
        ("大众 朗逸 2016款 1.6L", "大众", "大众 朗逸"),
        ("荣威i6 2017款 20T", "荣威", "荣威i6"),
        ("马自达CX-4 2016款", "马自达", "马自达CX-4"),
        ("特斯拉", "特斯拉", "特斯拉"),
    ],
)
def test_titles_are_read(text: str, brand: str, series: str) -> None:
    title = read_title(text)
    assert (title.brand, title.series) == (brand, series)
