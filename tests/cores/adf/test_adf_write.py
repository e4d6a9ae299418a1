from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from odoo.addons.dms_sales.adf import (
    Adf,
    AdfError,
    Contact,
    Customer,
    Id,
    Instruction,
    Name,
    Prospect,
    parse,
    write,
)
from odoo.addons.dms_sales.adf.node import CLASS, KIND


def canonical(data):
    return etree.canonicalize(etree.fromstring(data), strip_text=True)


def again(document):
    return parse(write(document))


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=8).map(
    str.strip
)


def nodes(cls):
    """Any value of a class of this package, with few of each."""
    values = {}
    for field in fields(cls):
        kind, inner = field.metadata.get(KIND), field.metadata.get(CLASS)
        if kind in ("attribute", "content", "text"):
            values[field.name] = WORDS
        elif kind == "one":
            values[field.name] = st.one_of(st.just(inner()), nodes(inner))
        elif kind == "many":
            values[field.name] = st.lists(nodes(inner), max_size=1).map(tuple)
    return st.builds(cls, **values)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(nodes(Prospect), min_size=1, max_size=2).map(tuple))
def test_whatever_is_written_is_read_back(prospects):
    document = Adf(prospects=prospects)
    assert again(document) == document


def test_what_was_read_is_written_back_as_it_was():
    data = (
        b'<?adf version="1.0"?><adf><prospect status="new"><id source="web">L7</id>'
        b"<requestdate>2026-03-02T10:15:00+08:00</requestdate>"
        b'<vehicle interest="buy" status="new"><year>2026</year><make>Demo</make>'
        b"<model>X1</model></vehicle><customer><contact>"
        b'<name part="full">Test</name><phone>13800000000</phone></contact></customer>'
        b"<vendor><vendorname>D01</vendorname></vendor></prospect></adf>"
    )
    assert write(parse(data)).endswith(data)


def test_a_new_file_states_its_version():
    contact = Contact(names=(Name("Test", "full"),))
    lead = Prospect(ids=(Id("7"),), customer=Customer(contact))
    assert write(Adf(prospects=(lead,))).splitlines() == [
        b"<?xml version='1.0' encoding='UTF-8'?>",
        b'<?adf version="1.0"?><adf><prospect><id>7</id><customer><contact>'
        b'<name part="full">Test</name></contact></customer></prospect></adf>',
    ]


def test_what_is_empty_is_left_out():
    data = "<adf><prospect><customer><comments/></customer></prospect></adf>"
    assert write(parse(data)).endswith(b"<adf><prospect/></adf>")


def test_what_the_format_does_not_know_is_kept():
    data = (
        '<adf release="2"><batch>1</batch><prospect priority="high"><customer>'
        '<contact><wechat kind="id">z3</wechat></contact></customer>'
        "<score>9<why>budget</why></score></prospect></adf>"
    )
    document = parse(data)
    lead = document.prospects[0]
    assert lead.unknown == (("priority", "high"),)
    assert lead.extras == ("<score>9<why>budget</why></score>",)
    assert again(document) == document
    kept = write(document).decode()
    for part in ('release="2"', "<batch>1</batch>", '<wechat kind="id">z3</wechat>'):
        assert part in kept


def test_what_should_be_there_once_and_is_there_twice_is_kept():
    data = "<comments>one</comments><comments>two</comments>"
    data = f"<adf><prospect><customer>{data}</customer></prospect></adf>"
    document = parse(data)
    assert document.prospects[0].customer.comments == "one"
    assert canonical(write(document)) == canonical(data)


@pytest.mark.parametrize(
    "data",
    [
        '<adf xmlns="urn:a"><prospect><id>7</id></prospect></adf>',
        '<a:adf xmlns:a="urn:a"><a:prospect><a:id>7</a:id></a:prospect></a:adf>',
        '<adf xmlns:x="urn:x"><prospect x:n="1"><x:s>9</x:s></prospect></adf>',
        '<adf xmlns="urn:a" xmlns:x="urn:x"><prospect><x:id>7</x:id></prospect></adf>',
    ],
)
def test_namespaces_are_kept(data):
    document = parse(data)
    assert again(document) == document
    assert document.namespaces == again(document).namespaces


def test_elements_in_a_namespace_are_written_in_it():
    data = '<adf xmlns="urn:a" xmlns:x="urn:x"><prospect><id>7</id></prospect></adf>'
    assert canonical(write(parse(data))) == canonical(data)


def test_instructions_are_kept_in_their_order():
    data = '<?xml-stylesheet href="a.xsl"?><?ADF VERSION "1.0"?><adf><prospect/></adf>'
    document = parse(data)
    assert document.instructions == (
        Instruction("xml-stylesheet", 'href="a.xsl"'),
        Instruction("ADF", 'VERSION "1.0"'),
    )
    assert write(document).endswith(data.encode())


def test_without_instruction_none_is_made_up():
    assert b"<?adf" not in write(parse("<adf><prospect/></adf>"))


def test_characters_that_xml_has_other_uses_for():
    lead = Prospect(requestdate="<&>\"'", status="<&>\"'")
    assert again(Adf(prospects=(lead,))).prospects == (lead,)


def test_what_xml_forbids_is_refused():
    for lead in (Prospect(requestdate="\x00"), Prospect(status="\x1b")):
        with pytest.raises(AdfError, match="character"):
            write(Adf(prospects=(lead,)))


def test_extras_must_be_xml():
    broken = Adf(prospects=(Prospect(extras=("<a",)),))
    with pytest.raises(AdfError, match="not_xml"):
        write(broken)


def test_a_change_is_a_copy():
    document = parse("<adf><prospect status='new'/></adf>")
    resent = replace(document.prospects[0], status="resend")
    changed = replace(document, prospects=(resent,))
    assert again(changed).prospects[0].status == "resend"
    assert document.prospects[0].status == "new"
