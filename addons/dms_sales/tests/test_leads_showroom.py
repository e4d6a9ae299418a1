from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from .leads_common import MOBILE, LeadsCommon

REGISTER = """
    const type = (selector, text) => {
        const input = document.querySelector(selector);
        input.value = text;
        input.dispatchEvent(new Event("input", {bubbles: true}));
    };
    const watch = () =>
        document.querySelector(".o_dms_walk_in .alert-success")
            ? console.log("test successful")
            : setTimeout(watch, 50);
    type(".o_dms_walk_in input[type=tel]", "13800138000");
    type(".o_dms_walk_in input[type=text]", "王芳");
    document.querySelector(".o_dms_save").click();
    watch();
"""


@tagged("post_install", "-at_install")
class TestShowroom(LeadsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visits = cls.by(cls.consultant, cls.env["dms.showroom.visit"])

    def register(self, user=None, **values):
        visits = self.by(user or self.consultant, self.env["dms.showroom.visit"])
        return visits.register(**values)

    def newest(self):
        return self.env["dms.showroom.visit"].search([], limit=1, order="id desc")

    def test_a_visit_with_a_number_is_a_lead(self):
        model = self.white.product_tmpl_id
        answer = self.register(
            phone="138 0013 8000", name="王芳", model_ids=model.ids, people=2
        )
        lead = self.newest().lead_id
        self.assertEqual(answer["lead_id"], lead.id)
        self.assertEqual(lead.contact_name, "王芳")
        self.assertEqual(lead.dms_channel, "walk_in")
        self.assertEqual(lead.dms_model_ids, model)
        self.assertEqual(lead.user_id, self.consultant)
        self.assertTrue(lead.dms_answered_at)

    def test_a_visit_without_a_number_is_counted(self):
        answer = self.register()
        self.assertFalse(answer["lead_id"])
        self.assertFalse(self.newest().lead_id)

    def test_the_capture_rate_is_the_share_with_a_number(self):
        self.register()
        answer = self.register(phone=MOBILE)
        self.assertEqual(answer["today"], {"visits": 2, "captured": 1})
        [(rate,)] = self.visits._read_group([], [], ["captured:avg"])
        self.assertEqual(rate, 50)

    def test_what_is_no_number_is_refused_with_a_way_on(self):
        with self.assertRaisesRegex(UserError, "write all its digits"):
            self.register(phone="1380013")

    def test_who_comes_again_stays_with_the_consultant(self):
        colleague = self.seller("colleague")
        self.register(phone=MOBILE, name="王芳")
        answer = self.register(user=colleague, phone=MOBILE)
        self.assertFalse(answer["lead_id"])
        self.assertIn(self.consultant.name, answer["message"])
        self.assertTrue(self.newest().is_again)
        self.assertEqual(self.newest().user_id, self.consultant)

    def test_who_has_received_fewest_is_next(self):
        colleague = self.seller("colleague")
        self.register(user_id=self.consultant.id)
        offered = self.visits.open_register()["consultants"]
        self.assertEqual(offered[0]["id"], colleague.id)
        self.assertEqual([each["count"] for each in offered], [0, 1])

    def test_the_rota_says_who_receives(self):
        colleague = self.seller("colleague")
        self.env["dms.showroom.duty"].create(
            {"company_id": self.store_a1.id, "user_id": colleague.id}
        )
        offered = self.visits.open_register()["consultants"]
        self.assertEqual([each["id"] for each in offered], colleague.ids)

    def test_the_models_in_stock_are_offered(self):
        self.receive(self.store_a1, product=self.black)
        offered = self.visits.open_register()["models"]
        self.assertEqual(offered[0]["id"], self.black.product_tmpl_id.id)

    def test_a_consultant_sees_own_visits_and_a_manager_all(self):
        self.register()
        colleague = self.seller("colleague")
        self.register(user=colleague, user_id=colleague.id)
        self.assertEqual(self.visits.search_count([]), 1)
        manager = self.by(self.manager, self.env["dms.showroom.visit"])
        self.assertEqual(manager.search_count([]), 2)

    def test_registering_asks_little(self):
        self.register(phone=MOBILE)
        self.env.invalidate_all()
        with self.assertQueryCount(120):
            self.register(phone="13900139000", name="王芳")


@tagged("post_install", "-at_install")
class TestWalkInScreen(LeadsCommon, HttpCase):
    browser_size = "390x800"

    def test_number_name_and_one_tap(self):
        self.consultant.password = self.consultant.login
        self.browser_js(
            "/odoo/walk-in",
            REGISTER,
            ready="!!document.querySelector('.o_dms_walk_in input')",
            login=self.consultant.login,
        )
        lead = self.env["crm.lead"].search([("phone_sanitized", "=", MOBILE)])
        self.assertEqual(lead.contact_name, "王芳")
        self.assertEqual(lead.company_id, self.store_a1)
