"""The dataclasses themselves."""

from dataclasses import FrozenInstanceError, fields

import pytest

from odoo.addons.dms_sales import adf
from odoo.addons.dms_sales.adf import (
    Adf,
    Contact,
    Name,
    Prospect,
    Vehicle,
    parse,
    write,
)
from odoo.addons.dms_sales.adf.node import CLASS, KIND, Node

CLASSES = [
    cls
    for name in adf.__all__
    if isinstance(cls := getattr(adf, name), type) and issubclass(cls, Node)
]


def elements(cls):
    """Names of the elements and attributes of a class."""
    kinds = {field.metadata.get("adf.name") for field in fields(cls)}
    return kinds - {None}


@pytest.mark.parametrize("cls", CLASSES)
def test_each_can_be_empty(cls):
    assert cls() == cls()
    assert (cls().unknown, cls().extras) == ((), ())


@pytest.mark.parametrize("cls", CLASSES)
def test_none_can_be_altered(cls):
    with pytest.raises(FrozenInstanceError):
        cls().extras = ("<x/>",)


@pytest.mark.parametrize("cls", CLASSES)
def test_each_part_is_read_once(cls):
    named = [f.metadata["adf.name"] for f in fields(cls) if "adf.name" in f.metadata]
    assert len(named) == len(set(named))


def test_all_parts_of_the_format_are_there():
    assert elements(Prospect) == {
        *("status", "id", "requestdate", "vehicle", "customer", "vendor", "provider"),
    }
    assert elements(Vehicle) == {
        *("interest", "status", "id", "year", "make", "model", "vin", "stock", "trim"),
        *("doors", "bodystyle", "transmission", "odometer", "condition"),
        *("colorcombination", "imagetag", "price", "pricecomments", "option"),
        *("finance", "comments"),
    }
    assert elements(adf.Option) >= {"optionname", "manufacturercode", "weighting"}
    assert elements(adf.Finance) == {"method", "amount", "balance"}
    assert elements(adf.Customer) == {"contact", "id", "timeframe", "comments"}
    assert elements(adf.TimeFrame) == {"description", "earliestdate", "latestdate"}
    assert elements(Contact) >= {"name", "email", "phone", "address"}
    assert elements(adf.Address) >= {
        *("street", "apartment", "city", "regioncode", "postalcode", "country"),
    }
    assert elements(adf.Vendor) == {"id", "vendorname", "url", "contact"}
    assert elements(adf.Provider) >= {"name", "service", "url"}


def test_every_class_is_reached_from_the_document():
    reached, waiting = set(), [Adf]
    while waiting:
        cls = waiting.pop()
        reached.add(cls)
        inner = [f.metadata[CLASS] for f in fields(cls) if CLASS in f.metadata]
        waiting += [one for one in inner if one not in reached]
    assert reached == set(CLASSES)


def test_every_kind_of_part_is_used():
    kinds = {f.metadata.get(KIND) for cls in CLASSES for f in fields(cls)}
    assert kinds == {None, "attribute", "content", "text", "one", "many"}


def test_a_name_of_parts_and_a_name_of_nothing():
    assert Contact(names=(Name("San", "first"), Name(""), Name("Zhang"))).full_name == (
        "San Zhang"
    )
    assert Contact().full_name == ""


def test_many_prospects_are_no_trouble():
    one = Prospect(status="new", vehicles=(Vehicle(make="Demo"),) * 2)
    document = Adf(prospects=(one,) * 500)
    assert parse(write(document)) == document
