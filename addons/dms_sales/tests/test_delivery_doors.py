"""Deliveries: who ticks what, what goes along with the car, and who types nothing."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dms_vehicle.tests.common import PNG

from .handover_common import HandoverCommon


class DeliveryCommon(HandoverCommon):
    def mine(self, user):
        items = self.by(user, self.env["dms.delivery.item"])
        return items.search([("is_due", "=", True)])

    def item_of(self, deal, condition):
        return deal.delivery_ids.item_ids.filtered(
            lambda one: one.condition == condition
        )

    def handed_over(self, deal):
        delivery = self.by(self.consultant, deal.delivery_ids)
        self.sign(delivery)
        delivery.action_hand_over()
        return delivery


@tagged("post_install", "-at_install")
class TestDeliveryTodo(DeliveryCommon):
    """Technicians tick what is theirs from a list of their own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.step = cls.env.ref("dms_sales.delivery_step_accessories")
        cls.step.role = "technician"

    def test_a_technician_sees_what_waits_for_him_and_ticks_it(self):
        deal = self.ordered(add=[self.film])
        item = self.mine(self.technician)
        self.assertEqual(item, self.item_of(deal, "accessories"))
        self.assertEqual(item.vin, deal.vehicle_id.vin)
        item.action_tick()
        self.assertEqual((item.state, item.ticked_by_id), ("done", self.technician))
        self.assertFalse(self.mine(self.technician))

    def test_what_a_deal_does_not_sell_waits_for_nobody(self):
        self.ordered()
        self.assertFalse(self.mine(self.technician))

    def test_what_waits_for_others_is_not_in_the_list(self):
        self.ordered(add=[self.film])
        clerk = self.user("parts_clerk", self.store_a1)
        self.assertFalse(self.mine(clerk))
        self.assertFalse(self.mine(self.user("technician", self.store_a2)))

    def test_a_parts_clerk_ticks_what_is_his(self):
        self.step.role = "parts_clerk"
        self.ordered(add=[self.film])
        clerk = self.user("parts_clerk", self.store_a1)
        item = self.mine(clerk)
        item.action_tick()
        self.assertEqual(item.ticked_by_id, clerk)

    def test_the_others_are_found_as_well(self):
        deal = self.ordered(add=[self.film])
        items = self.by(self.technician, self.env["dms.delivery.item"])
        others = items.search(
            [("is_due", "=", False), ("delivery_id", "=", deal.delivery_ids.id)]
        )
        self.assertEqual(len(others) + 1, len(deal.delivery_ids.item_ids))
        self.assertNotIn(True, others.mapped("is_due"))

    def test_a_technician_has_the_menu_and_no_deals(self):
        menus = self.env["ir.ui.menu"].with_user(self.technician)._visible_menu_ids()
        self.assertIn(self.env.ref("dms_sales.menu_delivery_items").id, menus)
        self.assertNotIn(self.env.ref("dms_sales.menu_deals").id, menus)
        with self.assertRaises(AccessError):
            self.env["dms.deal"].with_user(self.technician).search([])

    def test_the_list_opens_with_what_he_may_read(self):
        self.ordered(add=[self.film])
        view = self.by(self.technician, self.env["dms.delivery.item"])
        names = view.get_view(
            self.env.ref("dms_sales.dms_delivery_item_view_kanban").id, "kanban"
        )["models"]["dms.delivery.item"]
        spec = {name: {} for name in names}
        [row] = view.web_search_read([("is_due", "=", True)], spec)["records"]
        self.assertEqual(row["state"], "open")

    def test_a_tick_is_taken_back_by_the_same_role(self):
        self.ordered(add=[self.film])
        item = self.mine(self.technician)
        item.action_tick()
        with self.assertRaisesRegex(AccessError, "is ticked by: Technician"):
            self.by(self.consultant, item).action_untick()
        item.action_untick()
        self.assertFalse(item.ticked_at)

    def test_a_photo_is_asked_for_before_the_tick(self):
        self.step.needs_photo = True
        self.ordered(add=[self.film])
        item = self.mine(self.technician)
        with self.assertRaisesRegex(UserError, "needs a photo"):
            item.action_tick()
        photo = item.env["ir.attachment"].create(
            {"name": "p.png", "raw": PNG, "mimetype": "image/png"}
        )
        item.photo_ids = [(4, photo.id)]
        item.action_tick()
        self.assertEqual(item.state, "done")


@tagged("post_install", "-at_install")
class TestDeliveryCertificate(DeliveryCommon):
    """The certificate goes with the car; the customer's signature confirms it."""

    def paper(self, deal):
        return deal.vehicle_id._dms_certificate()

    def test_it_is_the_customers_after_the_handover(self):
        deal = self.ordered()
        self.make_papers(deal)
        self.assertEqual(self.paper(deal).holder, "store")
        self.handed_over(deal)
        paper = self.paper(deal)
        self.assertEqual((paper.holder, paper.state), ("customer", "delivered"))
        last = paper.handover_ids.sorted("id")[-1]
        self.assertEqual(last.to_partner_id, self.customer)
        self.assertIn("李娜", last.decision_note)

    def test_on_its_way_it_keeps_the_car_and_says_so(self):
        deal = self.ordered()
        self.make_papers(deal)
        papers = self.by(self.fi_officer, self.env["dms.certificate.handover"])
        moving = papers.create(
            {
                "certificate_id": self.paper(deal).id,
                "to_kind": "customer",
                "to_partner_id": self.customer.id,
            }
        )
        text, place = deal.delivery_ids._dms_missing_certificate()
        self.assertIn("is on its way", text)
        self.assertEqual(place, moving)
        with self.assertRaisesRegex(UserError, "is on its way"):
            self.handed_over(deal)
        self.by(self.accountant, moving).accept()
        self.assertFalse(deal.delivery_ids._dms_missing_certificate()[0])
        self.handed_over(deal)
        self.assertEqual(len(self.paper(deal).handover_ids), 2)

    def test_a_store_that_keeps_no_certificates_hands_over_without(self):
        self.store_a1.dms_certificate_required = False
        deal = self.ordered()
        self.make_papers(deal)
        self.handed_over(deal)
        self.assertEqual(deal.state, "delivered")


@tagged("post_install", "-at_install")
class TestPapersByHand(DeliveryCommon):
    """Papers that open the way are not typed into the state they shall have."""

    def refused(self, record, name, value):
        with (
            self.subTest(model=record._name, field=name),
            self.assertRaises(UserError),
        ):
            record.write({name: value})

    def test_a_tax_is_not_paid_by_its_state(self):
        deal = self.ordered()
        taxes = self.by(self.consultant, self.env["dms.purchase.tax"])
        tax = taxes.create({"deal_id": deal.id})
        for name, value in (
            ("state", "paid"),
            ("amount", 0),
            ("spared", 1),
            ("declare_by", "2030-01-01"),
            ("vehicle_id", False),
        ):
            self.refused(tax, name, value)
        with self.assertRaises(AccessError):
            taxes.create({"deal_id": deal.id, "state": "paid"})
        self.assertEqual(tax.state, "open")

    def test_a_car_is_not_registered_by_its_state(self):
        deal = self.ordered()
        registrations = self.by(self.consultant, self.env["dms.registration"])
        registration = registrations.create({"deal_id": deal.id})
        for name, value in (
            ("state", "registered"),
            ("plated_on", "2026-01-01"),
            ("fee_total", 0),
        ):
            self.refused(registration, name, value)
        registration.plate = "沪AD12345"
        with self.assertRaisesRegex(UserError, "Steps still open"):
            registration.action_register()

    def test_amounts_of_a_motor_invoice_are_those_of_the_invoice(self):
        deal = self.ordered()
        self.invoice(deal)
        invoice = self.motor_invoice(deal)
        for name, value in (
            ("amount_total", 1),
            ("amount_net", 1),
            ("vin", "X"),
            ("drawer_id", 1),
            ("state", "issued"),
        ):
            self.refused(invoice, name, value)

    def test_a_delivery_is_not_moved_to_another_car(self):
        first, second = self.ordered(), self.ordered()
        delivery = self.by(self.consultant, first.delivery_ids)
        for name, value in (
            ("vehicle_id", second.vehicle_id.id),
            ("deal_id", second.id),
            ("state", "handed_over"),
            ("handed_by_id", self.consultant.id),
        ):
            self.refused(delivery, name, value)

    def test_items_are_neither_made_nor_deleted_by_hand(self):
        item = self.by(self.consultant, self.ordered().delivery_ids.item_ids[0])
        for door in (
            item.unlink,
            item.copy,
            lambda: item.write({"kind": "manual"}),
            lambda: item.write({"condition": "loan"}),
            lambda: item.write({"settled": "done"}),
        ):
            with self.assertRaises(UserError):
                door()


@tagged("post_install", "-at_install")
class TestDeliveryQueries(DeliveryCommon):
    """What a delivery asks the database, however many there are."""

    def queries(self, function):
        function()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def test_opening_a_delivery(self):
        deal = self.ordered(add=[self.film], loan=90_000)
        delivery = self.by(self.consultant, deal.delivery_ids)
        spec = {
            "dms_blockers": {},
            "partner_id": {"fields": {"display_name": {}}},
            "item_ids": {"fields": {"name": {}, "state": {}, "missing": {}}},
        }
        self.assertLessEqual(self.queries(lambda: delivery.web_read(spec)), 90)

    def test_more_deliveries_in_a_list_cost_no_more(self):
        deliveries = self.env["dms.delivery"]
        for _number in range(4):
            deliveries |= self.ordered().delivery_ids
        deliveries = self.by(self.consultant, deliveries)
        spec = {
            name: {}
            for name in ("planned_at", "vin", "state", "display_name", "product_id")
        }
        few = self.queries(lambda: deliveries[:1].web_read(spec))
        many = self.queries(lambda: deliveries.web_read(spec))
        self.assertLessEqual(many, few + 1)
