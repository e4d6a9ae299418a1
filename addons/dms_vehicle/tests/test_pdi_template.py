"""What is checked on which car, and who says so."""

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import VehicleCommon, new_vin
from .inspection_common import InspectionCommon


@tagged("post_install", "-at_install")
class TestTemplate(InspectionCommon):
    def template_for(self, name, **vals):
        vals = {"name": name, "item_ids": [(0, 0, {"name": f"{name} item"})]} | vals
        return self.env["dms.pdi.template"].create(vals)

    def names(self, **vals):
        vals = {"vin": new_vin(), "company_id": self.store_a1.id, "kind": "bev"} | vals
        car = self.env["dms.vehicle"].create(vals)
        return set(self.start(car).item_ids.mapped("name")) - {
            "Keys",
            "Paint",
            "Charge",
        }

    def test_by_kind(self):
        self.template_for("Engine", for_bev=False)
        self.assertEqual(self.names(), set())
        self.assertEqual(self.names(kind="ice"), {"Engine item"})

    def test_of_an_unknown_kind_only_what_is_for_all(self):
        self.template_for("Engine", for_bev=False)
        self.assertEqual(self.names(kind=False), set())

    def test_by_store(self):
        self.template_for("Here", company_id=self.store_a1.id)
        self.template_for("There", company_id=self.store_a2.id)
        self.assertEqual(self.names(), {"Here item"})

    def test_by_brand(self):
        other = self.env["dms.brand"].create({"name": "Other", "code": "OTHER"})
        self.template_for("Ours", brand_id=self.brand.id)
        self.template_for("Theirs", brand_id=other.id)
        self.assertEqual(self.names(product_id=self.white.id), {"Ours item"})

    def test_a_change_does_not_touch_what_runs(self):
        pdi = self.start(self.receive(self.store_a1))
        self.template.item_ids[0].write({"name": "Cards", "required": False})
        self.template.item_ids[1].unlink()
        self.assertEqual(pdi.item_ids.mapped("name"), ["Keys", "Paint", "Charge"])
        self.assertTrue(pdi.item_ids[0].required)

    def test_words_come_in_every_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.template.item_ids[0].with_context(lang="zh_CN").name = "钥匙"
        pdi = self.start(self.receive(self.store_a1))
        item = pdi.item_ids[0]
        self.assertEqual(item.with_context(lang="zh_CN").name, "钥匙")
        self.assertEqual(item.with_context(lang="en_US").name, "Keys")

    def test_so_they_do_when_a_failed_one_is_repeated(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.template.item_ids[0].with_context(lang="zh_CN").name = "钥匙"
        failed = self.failed(self.receive(self.store_a1))
        again = failed.browse(failed.action_repeat()["res_id"])
        self.assertEqual(again.item_ids.with_context(lang="zh_CN").name, "钥匙")

    @mute_logger("odoo.addons.base.models.ir_rule")
    def test_a_workshop_manager_changes_those_of_his_store(self):
        mine = self.template_for("Mine", company_id=self.store_a1.id)
        theirs = self.template_for("Theirs", company_id=self.store_a2.id)
        self.by(self.workshop, mine).name = "Changed"
        self.by(self.workshop, mine.item_ids).name = "Changed item"
        for foreign in (theirs, self.template):
            with self.assertRaises(AccessError):
                self.by(self.workshop, foreign).name = "Changed"
            with self.assertRaises(AccessError):
                self.by(self.workshop, foreign.item_ids[0]).name = "Changed"

    def test_the_group_admin_changes_those_of_all_stores(self):
        admin = self.user("group_admin", self.store_a1)
        self.by(admin, self.template).name = "Changed"
        self.by(admin, self.template.item_ids[0]).name = "Changed"

    def test_a_technician_changes_none(self):
        with self.assertRaises(AccessError):
            self.by(self.technician, self.template).name = "Changed"


@tagged("post_install", "-at_install")
class TestDelivered(VehicleCommon):
    """The templates that come with the product."""

    def sections(self, kind):
        car = self.env["dms.vehicle"].create(
            {"vin": new_vin(), "company_id": self.store_a1.id, "kind": kind}
        )
        return set(car._dms_start_pdi().item_ids.mapped("section"))

    def test_electric_cars_have_their_battery_checked(self):
        for kind in ("bev", "phev"):
            self.assertIn("battery", self.sections(kind))
        self.assertNotIn("battery", self.sections("ice"))

    def test_engines_are_checked_where_there_is_one(self):
        for kind in ("ice", "hev", "phev", "commercial"):
            self.assertIn("engine", self.sections(kind))
        self.assertNotIn("engine", self.sections("bev"))

    def test_commercial_cars_have_a_load_area(self):
        self.assertIn("load", self.sections("commercial"))
        self.assertNotIn("load", self.sections("bev"))
