import time

import pytest

from odoo.addons.dms_sales.adf import LARGEST, AdfError, parse


def refusal(data, **options):
    with pytest.raises(AdfError) as caught:
        parse(data, **options)
    return caught.value


@pytest.mark.parametrize("data", [b"", b" \r\n", "", b"\xef\xbb\xbf"])
def test_nothing(data):
    assert refusal(data).code == "empty"


def test_too_much():
    error = refusal(b"<adf>" + b" " * LARGEST + b"</adf>")
    assert error.code == "too_large"
    assert error.facts == {"size": LARGEST + 11, "largest": LARGEST}
    assert refusal("<adf><prospect/></adf>", largest=10).code == "too_large"


@pytest.mark.parametrize(
    "data",
    [
        b"Dear store, I want a car.",
        b"<adf><prospect></adf>",
        b"<adf><prospect>",
        b"<adf><prospect/></adf><adf/>",
        b"\x00\x01",
        b"<adf><prospect>&nbsp;</prospect></adf>",
        b'<?xml version="1.0" encoding="GBK"?><adf><prospect a="\xff"/></adf>',
        b'<?xml version="1.0" encoding="none"?><adf><prospect/></adf>',
    ],
)
def test_no_xml(data):
    assert refusal(data).code == "not_xml"


def test_where_it_breaks_off():
    error = refusal("<adf>\n<prospect>\n</adf>")
    assert error.facts["line"] == 3


def test_another_format():
    error = refusal("<html><body/></html>")
    assert (error.code, error.facts) == ("not_adf", {"found": "html"})


def test_nobody_wants_anything():
    assert refusal("<adf/>").code == "no_prospect"
    assert refusal("<adf><vehicle/></adf>").code == "no_prospect"


def test_a_document_type_is_never_needed():
    for doctype in ("<!DOCTYPE adf>", '<!DOCTYPE adf SYSTEM "adf.dtd">'):
        assert refusal(f"{doctype}<adf><prospect/></adf>").code == "doctype"


def test_no_file_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    entity = f'<!DOCTYPE adf [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    error = refusal(f"{entity}<adf><prospect><id>&x;</id></prospect></adf>")
    assert error.code == "doctype"
    assert "secret" not in str(error)


def test_no_parameter_entity_is_read(tmp_path):
    secret = tmp_path / "more.dtd"
    secret.write_text('<!ENTITY x "read">')
    entity = f'<!DOCTYPE adf [<!ENTITY % m SYSTEM "{secret.as_uri()}"> %m;]>'
    error = refusal(f"{entity}<adf><prospect><id>&x;</id></prospect></adf>")
    assert error.code in ("doctype", "not_xml")


def bomb(where):
    """Entities of ten entities each, twelve deep: a million million letters."""
    letters = "abcdefghijklm"
    entities = "".join(
        f'<!ENTITY {name} "{f"&{inner};" * 10}">'
        for inner, name in zip(letters, letters[1:], strict=False)
    )
    return f'<!DOCTYPE adf [<!ENTITY a "a">{entities}]><adf>{where}</adf>'


@pytest.mark.parametrize(
    "where", ["<prospect><id>&m;</id></prospect>", '<prospect status="&m;"/>']
)
def test_a_bomb_of_entities_does_not_go_off(where):
    began = time.perf_counter()
    assert refusal(bomb(where)).code in ("doctype", "not_xml")
    assert time.perf_counter() - began < 5


def test_very_deep_elements_are_refused():
    deep = "<a>" * 10_000 + "</a>" * 10_000
    assert refusal(f"<adf>{deep}</adf>").code == "not_xml"
