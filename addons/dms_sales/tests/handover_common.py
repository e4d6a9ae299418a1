import base64

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_vehicle.tests.common import PNG

from .common import _isolated_deal
from .desk_common import DeskCommon

RESIDENT = "11010519491231002X"
USCC = "91350100M000100Y43"


class HandoverCommon(DeskCommon):
    """A1 delivers by the checklist; a car sold, its papers, and who makes them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.store_a1.dms_delivery_checklist = True
        cls.store_a1.dms_certificate_required = True
        cls.store_a1.partner_id.vat = USCC
        cls.customer.dms_id_number = RESIDENT
        models = (cls.white | cls.black).product_tmpl_id
        models.write({"dms_seats": 5, "invoice_policy": "order"})
        models.list_price = 500_000 / 1.13  # no car may cost more than is displayed
        cls.accountant = cls.user("accountant", cls.store_a1)
        cls.fi_officer = cls.user("fi_officer", cls.store_a1)
        cls.technician = cls.user("technician", cls.store_a1)
        cls.safe = cls.env["dms.certificate.safe"].create(
            {"name": "Safe A1", "company_id": cls.store_a1.id}
        )
        cls.bank = cls.env["account.journal"].search(
            [("company_id", "=", cls.store_a1.id), ("type", "=", "bank")], limit=1
        )
        lines = cls.bank.inbound_payment_method_line_ids
        lines.payment_account_id = cls.bank.default_account_id

    @classmethod
    def ordered(cls, price=169_500, loan=0, add=()):
        """Return a deal with a confirmed order for a car in stock."""
        [car] = cls.receive(cls.store_a1)
        car.engine_number = "TZ2007788"
        order = cls.variant(vehicle=car, product=car.product_id)
        order.dms_desk_line(order._dms_car_line().id, price=price)
        for product in add:
            order.dms_desk_add(product.id)
        if loan:
            order.dms_desk_loan(cls.terms.id, loan)
        order.sudo().action_confirm()
        return order.dms_deal_id.sudo()

    @classmethod
    def invoice(cls, deal):
        """Return the posted invoice of a deal."""
        move = deal.sudo().order_id._create_invoices()
        move.action_post()
        return move

    @classmethod
    def pay(cls, moves):
        cls.env["account.payment.register"].with_context(
            active_model="account.move.line",
            active_ids=moves.line_ids.filtered(
                lambda line: line.amount_residual > 0
            ).ids,
        ).create({"journal_id": cls.bank.id})._create_payments()

    @classmethod
    def motor_invoice(cls, deal, user=None):
        """Return the motor invoice of an invoiced deal, not issued."""
        deal = cls.by(user or cls.accountant, deal)
        action = deal.action_dms_motor_invoice()
        return deal.env["dms.motor.invoice"].browse(action["res_id"])

    @classmethod
    def insure(cls, deal, **values):
        deal = cls.by(cls.fi_officer, deal)
        return deal.env["dms.insurance.policy"].create(
            {
                "deal_id": deal.id,
                "insurer_id": cls.lender.id,
                "number": f"PZAA{deal.id}",
                **values,
            }
        )

    @classmethod
    def certify(cls, car):
        """Give a car its certificate, which lies in the store."""
        papers = cls.by(cls.fi_officer, cls.env["dms.certificate"])
        paper = papers.create({"vehicle_id": car.id, "number": f"WAA{car.id:012d}"})
        handover = paper.env["dms.certificate.handover"].create(
            {"certificate_id": paper.id, "to_kind": "store", "to_safe_id": cls.safe.id}
        )
        cls.by(cls.accountant, handover).accept()
        return paper

    @classmethod
    def make_papers(cls, deal):
        """Do all that the checklist of a deal asks for before the delivery."""
        cls.pay(cls.invoice(deal))
        if not deal.vehicle_id._dms_certificate():
            cls.certify(deal.vehicle_id)
        invoice = cls.motor_invoice(deal)
        invoice.number = f"{deal.id:020d}"
        invoice.action_enter_number()
        cls.insure(deal)
        tax = deal.purchase_tax_ids.create({"deal_id": deal.id})
        day = tax.purchased_on
        tax.write({"declared_on": day, "paid_on": day, "receipt": f"T{deal.id}"})
        registration = deal.registration_ids.create({"deal_id": deal.id})
        plate = {"number": "沪A临1234", "date_from": day, "date_to": day}
        registration.temporary_ids.create(plate | {"registration_id": registration.id})

    def codes(self, record):
        return [item["code"] for item in record._dms_blockers()]

    def sign(self, delivery):
        """Do the ritual of the handover, as who hands over."""
        for item in delivery.item_ids.filtered(lambda one: one.phase == "handover"):
            item.action_tick()
        photo = delivery.env["ir.attachment"].create(
            {"name": "photo.png", "raw": PNG, "mimetype": "image/png"}
        )
        delivery.write(
            {
                "photo_ids": [(4, photo.id)],
                "signature": base64.b64encode(PNG),
                "signed_name": "李娜",
                "odometer_km": 12,
            }
        )


def _isolated_delivery(case, store):
    deal = _isolated_deal(case, store)
    return case.env["dms.delivery"].create({"deal_id": deal.id})


def _isolated_item(case, store):
    return _isolated_delivery(case, store).item_ids[0]


def _isolated_motor_invoice(case, store):
    deal = _isolated_deal(case, store)
    journal = case.env["account.journal"].search(
        [("company_id", "=", store.id), ("type", "=", "sale")], limit=1
    ) or case.env["account.journal"].create(
        {"name": "Sales", "code": "ISOM", "type": "sale", "company_id": store.id}
    )
    move = case.env["account.move"].create(
        {
            "move_type": "out_invoice",
            "company_id": store.id,
            "journal_id": journal.id,
            "partner_id": deal.partner_id.id,
        }
    )
    return case.env["dms.motor.invoice"].create(
        {"deal_id": deal.id, "move_id": move.id, "company_id": store.id}
    )


def _of_deal(model, **values):
    def make(case, store):
        deal = _isolated_deal(case, store)
        vals = {"deal_id": deal.id, "company_id": store.id} | values
        return case.env[model].create(vals)

    return make


def _isolated_policy(case, store):
    insurer = case.env["res.partner"].create({"name": "Insurer"})
    make = _of_deal("dms.insurance.policy", number="1", insurer_id=insurer.id)
    return make(case, store)


def _isolated_line(case, store):
    return _of_deal("dms.registration")(case, store).line_ids[0]


def _isolated_temporary(case, store):
    registration = _of_deal("dms.registration")(case, store)
    return registration.temporary_ids.create(
        {
            "registration_id": registration.id,
            "number": "1",
            "date_from": "2026-01-01",
            "date_to": "2026-01-02",
        }
    )


ISOLATION_FACTORIES |= {
    "dms.delivery": _isolated_delivery,
    "dms.delivery.item": _isolated_item,
    "dms.motor.invoice": _isolated_motor_invoice,
    "dms.purchase.tax": _of_deal("dms.purchase.tax"),
    "dms.insurance.policy": _isolated_policy,
    "dms.registration": _of_deal("dms.registration"),
    "dms.registration.line": _isolated_line,
    "dms.temporary.plate": _isolated_temporary,
}
