"""Certificates, the people who handle them, and two banks."""

import base64
import itertools

from odoo.fields import Command

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .common import VehicleCommon, new_vin

_numbers = itertools.count(1)
LETTER = base64.b64encode(b"%PDF-1.4 letter of the bank")


def new_number():
    """Return a certificate number that no other test has."""
    return f"WAB{next(_numbers):012d}"


class CertificateCommon(VehicleCommon):
    """Handlers of a store propose and confirm; BANK has a login, COUNTY BANK none."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank, cls.other_bank, cls.county_bank = cls.env["res.partner"].create(
            [
                {"name": name, "is_company": True}
                for name in ("Bank of Test", "Other Bank", "County Bank")
            ]
        )
        cls.banker = cls.bank_user(cls.bank, "banker")
        cls.other_banker = cls.bank_user(cls.other_bank, "other.banker")
        cls.officer = cls.user("fi_officer", cls.store_a1)
        cls.accountant = cls.user("accountant", cls.store_a1)
        cls.safe = cls.env["dms.certificate.safe"].create(
            {"name": "Safe A1", "company_id": cls.store_a1.id}
        )

    @classmethod
    def bank_user(cls, bank, login):
        """Return a user of the portal who works for a bank."""
        return cls.env["res.users"].create(
            {
                "name": login,
                "login": login,
                "password": login,
                "email": f"{login}@example.com",
                "partner_id": cls.env["res.partner"]
                .create({"name": login, "parent_id": bank.id, "email": login})
                .id,
                "group_ids": [Command.set(cls.env.ref("base.group_portal").ids)],
            }
        )

    @classmethod
    def certificate(cls, car=None, user=None, **vals):
        """Return a certificate, entered by the F&I officer and still with the OEM."""
        papers = cls.by(user or cls.officer, cls.env["dms.certificate"])
        vals = {"vehicle_id": (car or cls.new_car()).id, "number": new_number()} | vals
        return papers.create(vals)

    @classmethod
    def propose(cls, paper, to_kind="store", user=None, **vals):
        handovers = cls.by(user or cls.officer, cls.env["dms.certificate.handover"])
        return handovers.create(
            {"certificate_id": paper.id, "to_kind": to_kind, **vals}
        )

    @classmethod
    def hand_over(cls, paper, to_kind="store", **vals):
        """Move a paper: proposed by the officer, confirmed by whoever must."""
        handover = cls.propose(paper, to_kind, **vals)
        cosigner = cls.banker if handover.bank_id == cls.bank else cls.accountant
        cls.by(cosigner, handover).accept()
        return handover

    @classmethod
    def in_safe(cls, **vals):
        """Return a certificate that lies free in the safe of A1."""
        paper = cls.certificate(**vals)
        cls.hand_over(paper, to_safe_id=cls.safe.id)
        return paper

    @classmethod
    def pledge(cls, paper, lender=None, **vals):
        pledges = cls.by(cls.officer, cls.env["dms.certificate.pledge"])
        return pledges.create(
            {
                "certificate_id": paper.id,
                "lender_id": (lender or cls.bank).id,
                "reference": "BA-2026-001",
                **vals,
            }
        )

    @classmethod
    def at_bank(cls, **vals):
        """Return a pledged certificate that its bank holds."""
        paper = cls.certificate(**vals)
        cls.pledge(paper)
        cls.hand_over(paper, "bank")
        return paper

    @classmethod
    def request(cls, paper, user=None, **vals):
        releases = cls.by(user or cls.officer, cls.env["dms.certificate.release"])
        return releases.create({"certificate_id": paper.id, **vals})


def _paper(case, store):
    car = case.env["dms.vehicle"].create({"vin": new_vin(), "company_id": store.id})
    return case.env["dms.certificate"].create(
        {"vehicle_id": car.id, "number": new_number()}
    )


def _pledged(case, store):
    bank = case.env["res.partner"].create({"name": "Isolated", "is_company": True})
    return case.env["dms.certificate.pledge"].create(
        {
            "certificate_id": _paper(case, store).id,
            "lender_id": bank.id,
            "reference": "Isolated loan",
        }
    )


def _handover(case, store):
    return case.env["dms.certificate.handover"].create(
        {"certificate_id": _paper(case, store).id, "to_kind": "store"}
    )


def _release(case, store):
    return case.env["dms.certificate.release"].create(
        {"certificate_id": _pledged(case, store).certificate_id.id}
    )


def _count(case, store):
    safe = case.env["dms.certificate.safe"]._of_store(store)
    return case.env["dms.certificate.count"].create(
        {"company_id": store.id, "safe_id": safe.id}
    )


def _count_line(case, store):
    return case.env["dms.certificate.count.line"].create(
        {"count_id": _count(case, store).id, "code": "Isolated", "result": "unknown"}
    )


ISOLATION_FACTORIES |= {
    "dms.certificate": _paper,
    "dms.certificate.pledge": _pledged,
    "dms.certificate.handover": _handover,
    "dms.certificate.release": _release,
    "dms.certificate.count": _count,
    "dms.certificate.count.line": _count_line,
}
