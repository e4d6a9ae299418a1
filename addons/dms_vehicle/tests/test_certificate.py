"""One certificate per car; where it is and how it stands follows from documents."""

from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.dms_base.tests.common import ROLES

from .certificate_common import CertificateCommon, new_number

HANDLE = {"fi_officer", "accountant", "store_manager", "group_admin"}


@tagged("post_install", "-at_install")
class TestCertificate(CertificateCommon):
    def test_a_new_one_is_with_the_oem(self):
        paper = self.certificate()
        self.assertRecordValues(
            paper,
            [{"state": "at_oem", "holder": "oem", "company_id": self.store_a1.id}],
        )

    def test_its_number_is_kept_in_one_form(self):
        number = new_number()
        paper = self.certificate(number=f" {number[:4].lower()} {number[4:]} ")
        self.assertEqual(paper.number, number)

    def test_a_number_that_is_too_short_is_refused_with_its_length(self):
        with self.assertRaisesRegex(ValidationError, "14 characters.*15"):
            self.certificate(number=new_number()[1:])

    def test_an_imported_car_has_a_number_of_another_length(self):
        paper = self.certificate(number="XXI2026-0012345", kind="import")
        self.assertEqual(paper.number, "XXI20260012345")

    def test_a_second_one_for_a_car_is_refused_with_the_first(self):
        paper = self.certificate()
        with self.assertRaisesRegex(ValidationError, f"{paper.vin}.*{paper.number}"):
            self.certificate(paper.vehicle_id)

    def test_a_number_of_another_car_is_refused_with_that_car(self):
        paper = self.certificate()
        with self.assertRaisesRegex(ValidationError, f"another car: {paper.vin}"):
            self.certificate(number=paper.number)

    def test_one_car_twice_in_one_go_is_refused(self):
        vals = {"vehicle_id": self.new_car().id}
        papers = self.by(self.officer, self.env["dms.certificate"])
        with self.assertRaisesRegex(ValidationError, "stands there twice"):
            papers.create([vals | {"number": new_number()} for _n in range(2)])

    @mute_logger("odoo.sql_db")
    def test_the_database_alone_refuses_a_number_twice(self):
        first, second = self.certificate(), self.certificate()
        with self.assertRaises(UniqueViolation):
            second.number = first.number
            second.flush_recordset()

    def test_a_mistyped_number_is_corrected_before_the_first_handover(self):
        paper = self.certificate()
        paper.number = number = new_number()
        self.assertEqual(paper.number, number)

    def test_afterwards_the_number_stays(self):
        paper = self.in_safe()
        with self.assertRaisesRegex(UserError, "has been handed over"):
            paper.number = new_number()

    def test_nobody_types_who_holds_it(self):
        paper = self.certificate()
        for name, value in (
            ("holder", "store"),
            ("state", "free"),
            ("lender_id", self.bank.id),
            ("exception", "missing"),
            ("company_id", self.store_a2.id),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, "follows from"):
                paper.write({name: value})

    def test_one_without_history_may_be_deleted(self):
        paper = self.certificate()
        paper.unlink()
        self.assertFalse(paper.exists())

    def test_one_with_a_history_stays(self):
        with self.assertRaisesRegex(UserError, "has a history"):
            self.in_safe().unlink()

    def test_it_is_found_by_number_and_by_vin(self):
        paper = self.certificate()
        for text in (paper.number, paper.vin):
            found = self.env["dms.certificate"].name_search(text)
            self.assertEqual([id_ for id_, _name in found], paper.ids)


@tagged("post_install", "-at_install")
class TestOverdue(CertificateCommon):
    def test_the_store_says_how_many_days_a_handover_may_take(self):
        self.store_a1.dms_certificate_days = 3
        handover = self.propose(self.certificate())
        today = fields.Date.context_today(handover)
        self.assertEqual(handover.due_date, today + timedelta(days=3))

    def test_one_on_its_way_for_too_long_is_overdue(self):
        paper = self.certificate()
        today = fields.Date.context_today(paper)
        self.propose(paper, due_date=today - timedelta(days=2))
        self.assertEqual(paper.days_overdue, 2)
        overdue = [("days_overdue", ">", 0), ("id", "in", paper.ids)]
        self.assertTrue(paper.search(overdue))

    def test_one_due_today_is_not(self):
        paper = self.certificate()
        self.propose(paper, due_date=fields.Date.context_today(paper))
        self.assertEqual(paper.days_overdue, 0)
        overdue = [("days_overdue", ">", 0), ("id", "in", paper.ids)]
        self.assertFalse(paper.search(overdue))

    def test_one_that_arrived_is_not(self):
        paper = self.certificate()
        past = fields.Date.context_today(paper) - timedelta(days=9)
        self.hand_over(paper, due_date=past)
        self.assertEqual((paper.due_date, paper.days_overdue), (False, 0))


@tagged("post_install", "-at_install")
class TestExceptions(CertificateCommon):
    def test_what_is_wrong_is_shown_first(self):
        paper = self.at_bank()
        paper.report_exception("private_sale", "sold by a sub-dealer")
        self.assertEqual(paper.state, "private_sale")
        self.assertEqual(paper.exception_note, "sold by a sub-dealer")

    def test_somebody_is_called(self):
        paper = self.in_safe()
        paper.report_exception("missing", "not in the safe")
        self.assertEqual(paper.activity_ids.user_id, self.officer)

    def test_an_unknown_exception_names_the_known_ones(self):
        with self.assertRaisesRegex(UserError, "private_sale"):
            self.certificate().report_exception("stolen")

    def test_the_manager_closes_it_and_says_how(self):
        paper = self.in_safe()
        paper.report_exception("wrong_number", "one digit")
        number = new_number()
        manager = self.user("store_manager", self.store_a1)
        self.by(manager, paper).resolve_exception("compared with the paper", number)
        self.assertRecordValues(
            paper, [{"state": "free", "number": number, "exception": False}]
        )

    def test_not_without_a_reason(self):
        paper = self.in_safe()
        paper.report_exception("damaged", "wet")
        manager = self.user("store_manager", self.store_a1)
        with self.assertRaisesRegex(UserError, "Say how"):
            self.by(manager, paper).resolve_exception(" ")

    def test_nobody_else_closes_it(self):
        paper = self.in_safe()
        paper.report_exception("damaged", "wet")
        with self.assertRaisesRegex(AccessError, "store manager"):
            paper.resolve_exception("dried")


@tagged("post_install", "-at_install")
class TestCertificateRoles(CertificateCommon):
    def allowed(self, model, operation):
        return {
            role
            for role in ROLES
            if self.in_store(self.store_a1, role)[model].has_access(operation)
        }

    def test_who_handles_certificates(self):
        for model in ("dms.certificate", "dms.certificate.handover"):
            for operation in ("create", "write"):
                self.assertEqual(self.allowed(model, operation), HANDLE, model)

    def test_auditors_read(self):
        for model in ("", ".handover", ".pledge", ".release", ".count", ".safe"):
            model = f"dms.certificate{model}"
            self.assertEqual(self.allowed(model, "read"), HANDLE | {"auditor"}, model)

    def test_who_furnishes_safes(self):
        self.assertEqual(
            self.allowed("dms.certificate.safe", "create"),
            {"store_manager", "group_admin"},
        )

    def test_a_consultant_sees_the_state_on_the_car(self):
        paper = self.at_bank()
        consultant = self.user("sales_consultant", self.store_a1)
        car = self.by(consultant, paper.vehicle_id)
        self.assertEqual(car.certificate_state, "pledged")
        self.assertIn(car, car.search([("certificate_state", "=", "pledged")]))
        self.assertNotIn(car, car.search([("certificate_state", "=", False)]))

    def test_who_handles_it_gets_there_from_the_car(self):
        for user, is_there in (
            (self.accountant, True),
            (self.user("sales_consultant", self.store_a1), False),
        ):
            cars = self.by(user, self.env["dms.vehicle"])
            form = cars.get_view(view_type="form")["arch"]
            self.assertEqual("action_view_certificate" in form, is_there, user.name)

    def test_a_consultant_does_not_see_the_paper(self):
        paper = self.at_bank()
        consultant = self.user("sales_consultant", self.store_a1)
        with self.assertRaises(AccessError):
            self.by(consultant, paper).read(["number"])

    def test_a_sister_store_reads_nothing(self):
        paper = self.in_safe()
        sister = self.user("store_manager", self.store_a2)
        for record in (paper, paper.handover_ids):
            with self.assertRaises(AccessError):
                self.by(sister, record).read(["number"])
