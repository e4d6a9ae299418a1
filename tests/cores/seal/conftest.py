"""A store with a certificate of an authority that answers, and a document."""

import io

import pytest
from cryptography import x509
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.dms_base.delivery import AddressGuard, Client, Credentials, Request
from odoo.addons.dms_sales.seal import Answers, Box, Identity, Stamper, ask, draw, seal

from dms_simulator.certificate_authority import CertificateAuthority

PLACE = Box(40, 640, 200, 70)


@pytest.fixture(scope="package")
def issuer():
    with CertificateAuthority() as running:
        yield running


@pytest.fixture(scope="package")
def identity(issuer) -> Identity:
    return Identity.from_pkcs12(issuer.pkcs12("Store A1", "secret"), "secret")


@pytest.fixture(scope="package")
def document() -> bytes:
    output = io.BytesIO()
    canvas = Canvas(output)
    canvas.drawString(72, 720, "Contract 1")
    canvas.showPage()
    canvas.drawString(72, 760, "Signatures")
    canvas.save()
    return output.getvalue()


@pytest.fixture(scope="package")
def drawing() -> bytes:
    image = Image.new("RGBA", (400, 140), (0, 0, 0, 0))
    ImageDraw.Draw(image).line((10, 120, 200, 20, 390, 100), "black", 6)
    output = io.BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def send(method, url, headers, body) -> bytes:
    guard = AddressGuard.parse("127.0.0.0/8 ::1/128")
    client = Client(Credentials(), guard)
    answer = client.send(Request(method, url, headers, body))
    client.close()
    return answer.body


@pytest.fixture
def roots(issuer, authority) -> list[str]:
    return [issuer.pem, authority.pem.decode()]


@pytest.fixture
def sealed(document, drawing, identity, authority, roots) -> bytes:
    answers = ask(identity.certificates, send)
    signed = draw(document, drawing, PLACE, "By a code sent to the phone")
    stamper = Stamper(authority.answer)
    return seal(signed, identity, stamper, answers, roots, Box(320, 640, 200, 70))


def certificate_of(identity) -> x509.Certificate:
    return identity.certificates[0]


__all__ = ["Answers", "PLACE", "certificate_of", "send"]
