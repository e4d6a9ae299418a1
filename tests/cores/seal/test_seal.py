"""Seals made with a real authority, read by our reader and by poppler's."""

import io
import subprocess
from datetime import datetime, timedelta, timezone

import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader

from odoo.addons.dms_sales.seal import (
    Answers,
    Identity,
    SealError,
    Stamper,
    ask,
    check,
    draw,
    seal,
)
from odoo.addons.dms_sales.seal.draw import is_blank

from .conftest import PLACE, send


def refused(code: str):
    return pytest.raises(SealError, check=lambda error: error.code == code)


def pdfsig(folder, content: bytes) -> str:
    path = folder / "contract.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    return done.stdout


def altered(content: bytes) -> bytes:
    """One byte of a text that is read, no longer what it was."""
    place = content.index(b"/Producer")
    return content[: place + 1] + b"p" + content[place + 2 :]


def test_a_sealed_file_is_good(sealed, roots):
    found = check(sealed, roots)
    assert (found.code, found.signer) == ("good", "Store A1")


def test_the_time_is_that_of_the_authority(sealed, roots):
    age = datetime.now(timezone.utc) - check(sealed, roots).at
    assert abs(age) < timedelta(minutes=2)


def test_poppler_says_the_same(sealed, tmp_path):
    text = pdfsig(tmp_path, sealed)
    assert "Signature is Valid." in text
    assert "Total document signed" in text
    assert "Signer Certificate Common Name: Store A1" in text


def test_of_an_altered_byte_both_say_so(sealed, roots, tmp_path):
    content = altered(sealed)
    assert check(content, roots).code == "altered"
    assert "Signature is Valid." not in pdfsig(tmp_path, content)


def test_what_was_read_is_the_beginning_of_what_was_sealed(sealed, document):
    assert sealed.startswith(document)


def test_the_answers_on_the_certificate_are_in_the_file(sealed):
    store = PdfFileReader(io.BytesIO(sealed)).root["/DSS"]
    assert len(store["/OCSPs"]) == 1
    assert len(store["/CRLs"]) == 1
    assert len(store["/Certs"]) >= 2


def test_something_appended_is_seen(sealed, roots, drawing):
    content = draw(sealed, drawing, PLACE, "again")
    assert check(content, roots).code in ("added", "altered")


def test_a_stranger_is_not_believed(sealed, authority):
    assert check(sealed, [authority.pem.decode()]).code == "untrusted"


def test_a_stranger_does_not_tell_the_time(sealed, issuer):
    assert check(sealed, [issuer.pem]).code == "no_time"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\0" * 500])
def test_what_is_no_document(content):
    assert check(content, ()).code == "unreadable"


def test_without_a_seal(document):
    assert check(document, ()).code == "unsigned"


def test_a_revoked_certificate_seals_nothing(issuer):
    content = issuer.pkcs12("Store B1", "secret")
    identity = Identity.from_pkcs12(content, "secret")
    issuer.revoke(identity.certificates[0].serial_number)
    with refused("revoked"):
        ask(identity.certificates, send)


def test_without_trust_nothing_is_sealed(document, identity, authority):
    stamper = Stamper(authority.answer)
    with refused("untrusted"):
        seal(document, identity, stamper, Answers(), [authority.pem.decode()])


def test_an_authority_that_answers_nonsense(document, identity, roots):
    with refused("refused"):
        seal(document, identity, Stamper(lambda query: b"no"), Answers(), roots)


def test_a_wrong_password(issuer):
    with refused("password"):
        Identity.from_pkcs12(issuer.pkcs12("Store A1", "secret"), "other")


def test_who_a_certificate_names(identity):
    assert identity.subject == "Store A1"
    assert len(identity.fingerprint) == 64
    assert identity.roots.count("BEGIN CERTIFICATE") == 1


def test_the_key_is_not_shown(identity):
    assert "PRIVATE" not in repr(identity)


def test_what_is_no_picture(document):
    with refused("drawing"):
        draw(document, b"no picture", PLACE, "")


def test_an_empty_picture(drawing):
    output = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(output, "PNG")
    assert is_blank(output.getvalue())
    assert not is_blank(drawing)
