from odoo import fields

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_vehicle.tests.common import new_vin
from odoo.addons.dms_vehicle.tests.pipeline_common import _group_car

from .desk_common import DeskCommon
from .leads_common import isolated_lead

PERSON = {"name": "陈晨", "phone": "138 0000 0009", "email": "chen@example.com"}


def _isolated_reservation(case, store):
    env = case.env(context=dict(case.env.context, allowed_company_ids=store.ids))
    model = env["product.product"].create(
        {"name": "Isolated", "dms_is_vehicle": True, "supplier_taxes_id": False}
    )
    car = env["dms.vehicle"].create(
        {"vin": new_vin(), "company_id": store.id, "product_id": model.id}
    )
    partner = env["res.partner"].create({"name": "Isolated"})
    order = env["sale.order"].create({"partner_id": partner.id, "company_id": store.id})
    return env["dms.reservation"].create(
        {
            "company_id": store.id,
            "order_id": order.id,
            "vehicle_id": car.id,
            "held_until": fields.Datetime.now(),
        }
    )


def _isolated_booking(case, store):
    return case.env["dms.visit.booking"].create(
        {
            "company_id": store.id,
            "lead_id": isolated_lead(case, store).id,
            "contact_name": "Isolated",
            "planned_at": fields.Datetime.now(),
        }
    )


def _isolated_touch(case, store):
    return isolated_lead(case, store)._dms_touch("phone")


def _isolated_way(case, store):
    lead = isolated_lead(case, store)
    case.env.flush_all()
    return case.env["dms.attribution"].browse(lead.id)


def _isolated_web_car(case, store):
    return case.env["dms.web.car"].browse(_group_car(case, store).id)


ISOLATION_FACTORIES.update(
    {
        "dms.reservation": _isolated_reservation,
        "dms.visit.booking": _isolated_booking,
        "dms.lead.touch": _isolated_touch,
        "dms.attribution": _isolated_way,
        "dms.web.car": _isolated_web_car,
    }
)


class WebCommon(DeskCommon):
    """A1 and A2 sell the brand on the website; a demo provider takes the money.

    What the shop does it does for a visitor: as sudo, in the name of nobody.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.website = cls.env["website"].search([], limit=1)
        cls.website.company_id = cls.store_a1
        cls.brand.is_in_shop = True
        (cls.store_a1 | cls.store_a2).dms_shop = True
        (cls.white | cls.black).product_tmpl_id.is_published = True
        cls.provider = cls.pay_provider(cls.store_a1)
        cls.visitor = cls.env.ref("base.public_user")
        cls.shop = cls.env["dms.reservation"].with_user(cls.visitor).sudo()

    @classmethod
    def pay_provider(cls, store, manual=True):
        """Return the provider of a store that takes every card it is shown."""
        demo = cls.env.ref("payment.payment_provider_demo")
        return demo.copy(
            {
                "name": f"Cards of {store.name}, {'held' if manual else 'taken'}",
                "company_id": store.id,
                "state": "test",
                "is_published": True,
                "capture_manually": manual,
            }
        )

    @classmethod
    def reserve(cls, store=None, product=None, **person):
        """Return the reservation of a visitor."""
        return cls.shop._dms_reserve(
            store or cls.store_a1, product or cls.white, PERSON | person
        )

    @classmethod
    def begin_payment(cls, reservation, provider=None):
        """Return the payment of the deposit, not yet authorised."""
        order = reservation.order_id
        provider = provider or cls.provider
        return (
            cls.env["payment.transaction"]
            .sudo()
            .create(
                {
                    "provider_id": provider.id,
                    "payment_method_id": provider.payment_method_ids[:1].id,
                    "amount": order._get_prepayment_required_amount(),
                    "currency_id": order.currency_id.id,
                    "partner_id": order.partner_id.id,
                    "reference": f"{order.name}-{fields.Datetime.now()}-{order.id}",
                    "operation": "online_direct",
                    "sale_order_ids": [(6, 0, order.ids)],
                }
            )
        )

    @classmethod
    def authorise(cls, payment):
        """The provider says that the card is good."""
        payment._process(
            "demo", {"reference": payment.reference, "simulated_state": "done"}
        )
        payment._post_process()

    @classmethod
    def settle_later(cls, payment):
        """What the scheduled job does as soon as the decision is written."""
        waiting = payment | payment.child_transaction_ids
        waiting.filtered(lambda tx: not tx.is_post_processed)._post_process()

    @classmethod
    def let_time_pass(cls, reservation):
        """The time to pay is over."""
        reservation.held_until = fields.Datetime.add(fields.Datetime.now(), minutes=-1)
