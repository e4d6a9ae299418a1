"""Who makes and ends passports, and what becomes of them."""

from datetime import date

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from ..passport import digest
from .passport_common import PassportCommon

MAKE = {"sales_consultant", "sales_manager", "store_manager", "group_admin"}
END = {"sales_manager", "store_manager", "group_admin"}


@tagged("post_install", "-at_install")
class TestPassport(PassportCommon):
    def as_role(self, role, passport=None, store=None):
        env = self.in_store(store or self.store_a1, role)
        return (passport or self.passport).with_env(env)

    def can(self, action):
        """Return the roles for whom ``action(role)`` does not raise AccessError."""
        return {role for role in ROLES if self._succeeds(action, role)}

    def _succeeds(self, action, role):
        with self.env.cr.savepoint() as savepoint:
            try:
                action(role)
            except AccessError:
                return False
            finally:
                savepoint.rollback()
        return True

    # Roles

    def test_sales_makes_passports(self):
        car = self._create_car(self.store_a1)
        self.assertEqual(
            self.can(
                lambda role: self.in_store(self.store_a1, role)[
                    "dms.vehicle.passport"
                ].create({"vehicle_id": car.id})
            ),
            MAKE,
        )

    def test_managers_revoke(self):
        self.assertEqual(self.can(lambda r: self.as_role(r).action_revoke()), END)

    def test_managers_renew(self):
        self.assertEqual(self.can(lambda r: self.as_role(r).action_renew()), END)

    def test_nobody_writes_or_deletes(self):
        for operation in ("write", "unlink"):
            able = {r for r in ROLES if self.as_role(r).has_access(operation)}
            self.assertEqual(able, set(), operation)

    def test_the_wizard_does_not_let_a_consultant_revoke(self):
        manager = self.as_role("sales_manager")
        wizard = manager.env["dms.vehicle.passport.revoke"].create(
            {"passport_ids": manager.ids, "reason": "Lost"}
        )
        consultant = self.in_store(self.store_a1, "sales_consultant")
        with self.assertRaises(AccessError):
            wizard.with_env(consultant).action_revoke()

    def test_another_store_does_not_see_it(self):
        passports = self.in_store(self.store_a2, "store_manager")
        self.assertFalse(passports["dms.vehicle.passport"].search([]))

    def test_another_store_cannot_make_one(self):
        car = self._create_car(self.store_a1)
        passports = self.in_store(self.store_a2, "store_manager")
        with self.assertRaises(AccessError):
            passports["dms.vehicle.passport"].create({"vehicle_id": car.id})

    def test_it_goes_with_the_car_to_another_store(self):
        self.car.company_id = self.store_a2
        self.assertEqual(self.passport.company_id, self.store_a2)

    # The secret

    def test_the_database_holds_no_secret(self):
        secret = self.path().rsplit("/", 1)[1]
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT row_to_json(p)::text FROM dms_vehicle_passport p WHERE id = %s",
            [self.passport.id],
        )
        (row,) = self.env.cr.fetchone()
        self.assertNotIn(secret, row)
        self.assertIn(digest(secret), row)

    def test_whoever_makes_a_passport_does_not_choose_its_secret(self):
        passport = self._create_passport(
            self._create_car(self.store_a1),
            token="known",
            digest=digest("known"),
            state="revoked",
        )
        self.assertFalse(passport._find("known"))
        self.assertEqual(passport.state, "active")
        self.assertNotIn("known", passport.url)

    def test_users_read_only_the_mask(self):
        self.assertEqual(self.as_role("sales_consultant").token, "********")

    def test_the_audit_tells_who_made_it_but_not_the_secret(self):
        passport = self._create_passport(self._create_car(self.store_a1))
        secret = self.path(passport).rsplit("/", 1)[1]
        self.env.cr.precommit.run()
        entry = self.env["dms.audit.entry"].search(
            [("model", "=", passport._name), ("res_id", "=", passport.id)]
        )
        self.assertEqual(entry.action, "create")
        self.assertEqual(entry.company_id, self.store_a1)
        self.assertNotIn(secret, str(entry.changes))

    # One at a time

    def test_a_car_has_one_active_passport_of_each_kind(self):
        self._create_passport(self.car, purpose="owner")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self._create_passport(self.car, purpose="owner")

    def test_an_expired_one_makes_room(self):
        self._create_passport(self.car, purpose="owner", valid_until=date(2026, 3, 1))
        with freeze_time("2026-03-02"):
            new = self._create_passport(self.car, purpose="owner")
        old = self.car.passport_ids.filtered(lambda p: p.purpose == "owner") - new
        self.assertEqual((old.state, old.revoke_reason), ("revoked", "Expired"))
        self.assertEqual(new.state, "active")

    def test_it_can_be_read_until_the_end_of_its_last_day(self):
        self._create_passport(self.car, purpose="owner", valid_until=date(2026, 3, 1))
        owned = self.car.passport_ids.filtered(lambda p: p.purpose == "owner")
        secret = self.path(owned).rsplit("/", 1)[1]
        for day, found in (("2026-03-01", True), ("2026-03-02", False)):
            with self.subTest(day=day), freeze_time(f"{day} 04:00:00"):
                owned.invalidate_recordset()
                self.assertEqual(bool(owned._find(secret)), found)
                self.assertEqual(owned.is_valid, found)
                valid = owned.search([("is_valid", "=", True)])
                self.assertEqual(owned in valid, found)

    # Ending

    def test_revoking_keeps_who_when_and_why(self):
        passport = self.as_role("sales_manager")
        with freeze_time("2026-05-06 07:00:00"):
            action = passport.action_revoke()
            form = Form(
                passport.env[action["res_model"]].with_context(action["context"])
            )
            form.reason = "Sheet lost"
            form.save().action_revoke()
        self.assertRecordValues(
            self.passport,
            [
                {
                    "state": "revoked",
                    "revoked_by_id": passport.env.uid,
                    "revoke_reason": "Sheet lost",
                    "url": False,
                }
            ],
        )
        self.assertEqual(str(self.passport.revoked_at), "2026-05-06 07:00:00")

    def test_revoking_twice_keeps_the_first_reason(self):
        self.passport._end("first")
        self.passport._end("second")
        self.assertEqual(self.passport.revoke_reason, "first")

    def test_renewing_ends_the_old_address_and_gives_a_new_one(self):
        old = self.path()
        action = self.as_role("sales_manager").action_renew()
        new = self.env["dms.vehicle.passport"].browse(action["res_id"])
        self.assertEqual(self.passport.state, "revoked")
        self.assertEqual(new.purpose, self.passport.purpose)
        self.assertNotEqual(self.path(new), old)

    def test_a_passport_for_buyers_ends_when_the_car_gets_an_owner(self):
        kept = self._create_passport(self.car, purpose="owner")
        self.car.owner_id = self.customer
        self.assertEqual(self.passport.state, "revoked")
        self.assertEqual(kept.state, "active")

    def test_all_passports_end_when_the_car_gets_another_owner(self):
        self.car.owner_id = self.customer
        passport = self._create_passport(self.car, purpose="owner")
        self.car.owner_id = self.oem
        self.assertEqual(passport.state, "revoked")

    def test_the_same_owner_once_more_ends_nothing(self):
        self.car.owner_id = self.customer
        passport = self._create_passport(self.car, purpose="owner")
        self.car.owner_id = self.customer
        self.assertEqual(passport.state, "active")

    # On the car

    def test_the_button_counts_what_can_be_read(self):
        self._create_passport(self.car, purpose="owner")
        self.assertEqual(self.car.passport_count, 2)
        self.passport._end("Lost")
        self.car.invalidate_recordset()
        self.assertEqual(self.car.passport_count, 1)

    def test_the_button_opens_the_only_passport(self):
        action = self.car.action_view_passports()
        self.assertEqual(action["res_id"], self.passport.id)

    def test_the_button_offers_a_new_one_where_there_is_none(self):
        car = self._create_car(self.store_a1)
        seller = self.in_store(self.store_a1, "sales_consultant")
        action = car.with_env(seller).action_view_passports()
        form = Form(
            seller["dms.vehicle.passport"].with_context(action["context"]),
            view="dms_vehicle.dms_vehicle_passport_view_form",
        )
        self.assertEqual(form.save().vehicle_id, car)

    def test_who_may_not_make_one_sees_the_list(self):
        car = self._create_car(self.store_a1)
        technician = self.in_store(self.store_a1, "technician")
        action = car.with_env(technician).action_view_passports()
        self.assertEqual(action["view_mode"], "list,form")

    # The printed sheet

    def sheet(self, passport):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "dms_vehicle.dms_vehicle_passport_report", passport.ids
        )
        return html.decode()

    def test_the_sheet_says_which_car_and_where_to_compare(self):
        sheet = self.sheet(self.passport)
        key = self.env["dms.log.key"]._published()[:1]
        self.assertIn(self.car.vin, sheet)
        self.assertIn("Model E5-W", sheet)
        self.assertIn(self.store_a1.name, sheet)
        self.assertIn(self.passport._fingerprints()[0][1], sheet)
        self.assertIn(key.origin, sheet)
        self.assertIn("data:image/svg+xml;base64", sheet)

    def test_a_sheet_is_in_all_languages_of_its_readers(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertEqual(self.passport._languages(), ["zh_CN", "en_US"])

    def test_there_is_no_sheet_of_a_revoked_passport(self):
        self.passport._end("Lost")
        self.assertNotIn(self.car.vin, self.sheet(self.passport))
