"""Documents of customers: asked for by rule, kept encrypted, decided on, let go."""

import base64
import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.dms_base.models.dms_connector import NETWORKS
from odoo.addons.dms_base.tests.audit_common import entries_of
from odoo.addons.dms_base.tests.connectors import LOOPBACK

from dms_simulator.sms_gateway import SmsGateway

from ..papers import LARGEST
from .portal_common import PDF, PortalCommon, photo


@tagged("post_install", "-at_install")
class TestDocumentsAsked(PortalCommon):
    def names(self, deal):
        return set(self.asked(deal).kind_id.mapped("name"))

    def test_a_person_who_pays_cash_is_asked_for_two_documents(self):
        self.assertEqual(self.names(self.offered()), {"ID Card", "Driving Licence"})

    def test_a_company_is_asked_for_those_of_companies(self):
        firm = self.env["res.partner"].create({"name": "Fleet", "is_company": True})
        self.assertEqual(
            self.names(self.offered(firm)),
            {"Business Licence", "ID Card and Authorisation of Who Acts"},
        )

    def test_a_loan_asks_for_an_income(self):
        deal = self.offered()
        deal.order_id.dms_desk_loan(self.terms.id, 50_000)
        self.assertIn("Proof of Income", self.names(deal))

    def test_a_trade_in_asks_for_the_papers_of_the_old_car(self):
        deal = self.offered()
        vals = {"order_id": deal.order_id.id, "name": "Old", "allowance": 1}
        self.env["dms.deal.trade.in"].create(vals)
        self.assertLessEqual(
            {
                "Vehicle Licence of the Old Car",
                "Registration Certificate of the Old Car",
            },
            self.names(deal),
        )

    def test_asking_again_asks_for_nothing_twice(self):
        deal = self.offered()
        before = self.asked(deal)
        self.assertEqual(self.asked(deal), before)

    def test_what_another_store_asks_for_is_not_asked_here(self):
        kinds = self.env["dms.deal.document.kind"]
        kinds.create({"name": "Theirs", "company_id": self.store_a2.id})
        kinds.create({"name": "Ours", "company_id": self.store_a1.id})
        names = self.names(self.offered())
        self.assertIn("Ours", names)
        self.assertNotIn("Theirs", names)

    def test_an_order_asks_where_the_store_wants_it(self):
        self.assertFalse(self.ordered().document_ids)
        self.store_a1.dms_documents_asked = True
        self.assertTrue(self.ordered().document_ids)

    def test_the_customer_is_told_by_mail(self):
        deal = self.offered()
        before = self.env["mail.mail"].search([])
        self.asked(deal)
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("ID Card", mail.body_html)
        self.assertIn(f"/my/deals/{deal.id}?access_token=", mail.body_html)

    def test_a_customer_without_address_is_asked_without_mail(self):
        self.customer.email = False
        before = self.env["mail.mail"].search_count([])
        self.asked()
        self.assertEqual(self.env["mail.mail"].search_count([]), before)


@tagged("post_install", "-at_install")
class TestDocumentsTexted(PortalCommon):
    """By the gateway of the store, to whoever has a mobile phone in China."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.gateway = cls.enterClassContext(SmsGateway())
        cls.env["ir.config_parameter"].set_param(NETWORKS, LOOPBACK)
        cls.connector = cls.env["dms.connector"].create(
            {
                "name": "Texts",
                "code": "sms",
                "provider": "sms_cn",
                "company_id": cls.store_a1.id,
                "endpoint": cls.gateway.url,
                "auth_kind": "none",
                "account": "Store A1",
                "state": "active",
            }
        )
        cls.customer.phone = "138 0013 8000"

    def messages(self):
        domain = [("connector_id", "=", self.connector.id)]
        return self.env["dms.outbox.message"].search(domain, order="id")

    def test_the_phone_reads_what_is_asked_for(self):
        self.asked()
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("dms_base.ir_cron_outbox_1").method_direct_trigger()
        text = self.gateway.last("13800138000")
        self.assertEqual(text["documents"], "ID Card、Driving Licence")
        self.assertEqual(text["store"], self.store_a1.name)

    def test_it_reads_what_is_to_be_sent_again(self):
        document = self.sent()
        document.reason = "Too dark"
        document.action_return()
        payload = json.loads(self.messages()[-1].payload)
        self.assertEqual(payload["template"], "document_returned")
        self.assertEqual(payload["params"]["documents"], "ID Card")

    def test_no_message_that_is_kept_bears_a_key(self):
        deal = self.asked().deal_id
        self.assertNotIn(deal.access_token, str(self.messages().mapped("payload")))

    def test_a_landline_gets_none(self):
        self.customer.phone = "010 6234 5678"
        self.asked()
        self.assertFalse(self.messages())

    def test_without_a_gateway_there_is_none(self):
        self.connector.state = "draft"
        self.asked()
        self.assertFalse(self.messages())


@tagged("post_install", "-at_install")
class TestDocumentsSent(PortalCommon):
    def test_what_is_sent_waits_to_be_looked_at(self):
        document = self.sent()
        self.assertEqual(document.state, "uploaded")
        self.assertEqual(document.uploaded_by_id, self.buyer)
        self.assertTrue(document.uploaded_at)

    def test_the_kind_of_a_file_is_that_of_its_content(self):
        document = self.sent(None, photo(), PDF)
        types = document.file_ids.mapped("mimetype")
        self.assertEqual(types, ["image/jpeg", "application/pdf"])

    def test_the_stored_file_shows_nothing_of_its_content(self):
        file = self.sent(None, PDF).file_ids
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", file._name), ("res_id", "=", file.id)]
            + [("res_field", "=", "sealed")]
        )
        self.assertTrue(attachment.raw.startswith(b"b1."))
        self.assertNotIn(b"PDF", attachment.raw)
        self.assertEqual(file.sudo()._dms_content(), PDF)

    def test_a_file_opens_in_its_own_record_only(self):
        first, second = self.sent(None, PDF, photo()).sudo().file_ids
        second.sealed = first.sealed
        with self.assertRaisesRegex(UserError, "damaged"):
            second._dms_content()

    def test_a_new_key_seals_files_again(self):
        document = self.sent(None, PDF)
        file = document.sudo().file_ids
        old = file.key_id
        keys = self.env["dms.sealed.key"]
        in_use = keys.search([("company_id", "=", self.store_a1.id)])
        in_use.filtered(lambda key: key.state == "active").action_rotate()
        self.assertEqual(file._dms_content(), PDF)
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["dms.sealed.key"]._cron_reseal()
        self.env.invalidate_all()
        self.assertNotEqual(file.key_id, old)
        self.assertEqual(file._dms_content(), PDF)

    def refused(self, words, *contents):
        document = self.id_card()
        with self.assertRaisesRegex(UserError, words):
            document.sudo()._dms_take_files(contents)
        self.assertEqual(document.state, "asked")
        self.assertFalse(document.file_ids)

    def test_one_bad_file_and_none_is_taken(self):
        self.refused("File 2 is neither a photo", photo(), b"<svg/>")

    def test_a_page_is_no_document(self):
        self.refused("File 1 is neither a photo", b"<html><script>1</script></html>")

    def test_half_a_photo_is_told(self):
        self.refused("did not come whole", photo()[:300])

    def test_a_file_that_is_too_large_is_told_how_large_it_may_be(self):
        self.refused("larger than 10 MB", PDF + bytes(LARGEST))

    def test_an_empty_file_is_told(self):
        self.refused("is empty", b"")

    def test_nothing_chosen_is_told(self):
        self.refused("Choose a file first")

    def test_no_more_files_than_a_document_has_pages(self):
        self.refused("At most 6 files", *[photo()] * 7)

    def test_what_nobody_has_looked_at_is_added_to(self):
        document = self.sent()
        document.sudo()._dms_take_files([photo(10)])
        self.assertEqual(document.file_count, 2)

    def test_what_was_returned_is_replaced(self):
        document = self.sent()
        old = document.file_ids
        document.reason = "Too dark"
        document.action_return()
        document.sudo()._dms_take_files([PDF])
        self.assertFalse(old.exists())
        self.assertEqual(document.state, "uploaded")
        self.assertFalse(document.reason)

    def test_what_was_accepted_is_not_sent_again(self):
        document = self.sent()
        document.action_accept()
        with self.assertRaisesRegex(UserError, "was accepted"):
            document.sudo()._dms_take_files([photo()])

    def test_nothing_is_sent_for_a_deal_that_is_over(self):
        document = self.id_card()
        document.deal_id.variant_ids._action_cancel()
        with self.assertRaisesRegex(UserError, "This deal is over"):
            document.sudo()._dms_take_files([photo()])

    def test_the_customer_takes_back_what_nobody_has_decided_on(self):
        document = self.sent()
        files = document.file_ids
        document.sudo()._dms_withdraw()
        self.assertEqual(document.state, "asked")
        self.assertFalse(files.exists())

    def test_he_does_not_take_back_what_was_accepted(self):
        document = self.sent()
        document.action_accept()
        with self.assertRaisesRegex(UserError, "looked at already"):
            document.sudo()._dms_withdraw()

    def test_a_consultant_adds_a_photo_he_took(self):
        document = self.by(self.consultant, self.id_card())
        document.new_file = base64.b64encode(photo())
        self.assertEqual(document.state, "uploaded")
        self.assertEqual(document.uploaded_by_id, self.consultant)
        self.assertFalse(document.new_file)

    def test_what_he_adds_is_looked_at_like_any_other(self):
        document = self.by(self.consultant, self.id_card())
        with self.assertRaisesRegex(UserError, "neither a photo"):
            document.new_file = base64.b64encode(b"<svg/>")


@tagged("post_install", "-at_install")
class TestDocumentsDecided(PortalCommon):
    def test_the_consultant_is_called_once(self):
        deal = self.offered()
        self.sent(deal)
        licence = deal.document_ids.filtered(lambda one: one.state == "asked")
        licence.sudo()._dms_take_files([photo()], self.buyer)
        activity = deal.activity_ids
        self.assertEqual(len(activity), 1)
        self.assertEqual(activity.user_id, self.consultant)

    def test_the_call_ends_when_all_is_decided(self):
        document = self.sent()
        document.action_accept()
        self.assertFalse(document.deal_id.activity_ids)

    def test_accepting_names_who_did(self):
        document = self.by(self.consultant, self.sent())
        document.action_accept()
        self.assertEqual(document.state, "accepted")
        self.assertEqual(document.decided_by_id, self.consultant)

    def test_returning_needs_a_reason(self):
        with self.assertRaisesRegex(UserError, "write why"):
            self.sent().action_return()

    def test_the_customer_reads_the_reason_by_mail(self):
        document = self.sent()
        document.reason = "The left corner is missing"
        before = self.env["mail.mail"].search([])
        document.action_return()
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("The left corner is missing", mail.body_html)

    def test_what_was_not_sent_is_not_accepted(self):
        with self.assertRaisesRegex(UserError, "only what was sent"):
            self.id_card().action_accept()

    def test_nobody_writes_by_hand_what_happened(self):
        document = self.by(self.consultant, self.sent())
        for vals in (
            {"accepted_at": fields.Datetime.now()},
            {"state": "accepted"},
            {"uploaded_by_id": self.consultant.id},
            {"gone_at": False},
            {"file_ids": [(5, 0, 0)]},
        ):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                document.write(vals)

    def test_what_was_accepted_is_not_deleted(self):
        document = self.by(self.consultant, self.sent())
        document.action_accept()
        with self.assertRaisesRegex(UserError, "stays until the deal is over"):
            document.unlink()

    def test_what_was_asked_by_mistake_goes_with_its_files(self):
        document = self.by(self.consultant, self.sent())
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "dms.deal.document.file"), ("res_field", "!=", False)]
            + [("res_id", "in", document.file_ids.ids)]
        )
        document.unlink()
        self.assertFalse(attachment.exists())


@tagged("post_install", "-at_install")
class TestDocumentsMissing(PortalCommon):
    def blocker(self, deal):
        found = [one for one in deal._dms_blockers() if one["code"] == "documents"]
        return found[0]["text"] if found else ""

    def test_what_is_needed_and_missing_is_named(self):
        deal = self.id_card().deal_id
        self.assertIn("The customer has not sent: ID Card.", self.blocker(deal))
        self.assertNotIn("Driving Licence", self.blocker(deal))

    def test_what_was_sent_waits_for_the_consultant(self):
        document = self.sent()
        self.assertIn("Nobody has looked at: ID Card", self.blocker(document.deal_id))

    def test_what_is_accepted_is_missing_no_more(self):
        document = self.sent()
        document.action_accept()
        self.assertFalse(self.blocker(document.deal_id))

    def test_the_checklist_of_the_delivery_says_it_too_and_once(self):
        deal = self.ordered()
        self.id_card(deal)
        codes = [one["code"] for one in deal._dms_blockers()]
        self.assertEqual(codes.count("documents"), 1)
        self.assertIn("documents", self.codes(deal.delivery_ids))

    def test_a_deal_that_nobody_asked_documents_for_lacks_none(self):
        deal = self.ordered()
        self.assertNotIn("documents", self.codes(deal.delivery_ids))


@tagged("post_install", "-at_install")
class TestDocumentsLetGo(PortalCommon):
    def let_go(self, days):
        """Let the job run so many days after today."""
        deals = self.env["dms.deal"].search([("closed_on", "!=", False)])
        for deal in deals:
            deal.closed_on = fields.Date.today() - timedelta(days=days)
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.env(cr=cr)["dms.deal"]._cron_let_go_documents()
        self.env.invalidate_all()

    def cancelled(self):
        document = self.sent()
        document.deal_id.variant_ids._action_cancel()
        return document

    def test_files_stay_as_long_as_the_store_says(self):
        document = self.cancelled()
        self.store_a1.dms_documents_days = 30
        self.let_go(30)
        self.assertTrue(document.file_ids)

    def test_then_they_go_and_what_happened_stays(self):
        document = self.cancelled()
        self.store_a1.dms_documents_days = 30
        files = document.file_ids
        self.let_go(31)
        self.assertFalse(files.exists())
        self.assertEqual(document.state, "gone")
        self.assertTrue(document.uploaded_at)

    def test_the_files_of_an_open_deal_stay(self):
        document = self.sent()
        self.let_go(1_000)
        self.assertEqual(document.state, "uploaded")

    def test_the_day_a_deal_is_over_is_kept(self):
        document = self.cancelled()
        self.assertEqual(document.deal_id.closed_on, fields.Date.today())

    def test_each_store_decides_for_itself(self):
        document = self.cancelled()
        self.store_a1.dms_documents_days = 400
        self.store_a2.dms_documents_days = 0
        self.let_go(31)
        self.assertTrue(document.file_ids)


@tagged("post_install", "-at_install")
class TestDocumentsRoles(PortalCommon):
    """Who may do what, as himself."""

    def test_consultant_and_officer_decide(self):
        for user in (self.consultant, self.fi_officer):
            with self.subTest(user=user.login):
                document = self.by(user, self.sent(self.offered()))
                document.action_accept()
                self.assertEqual(document.decided_by_id, user)

    def test_accountant_and_auditor_see_and_do_not_decide(self):
        for role in ("accountant", "auditor"):
            user = self.user(role, self.store_a1)
            document = self.by(user, self.sent(self.offered()))
            with self.subTest(role=role):
                self.assertEqual(document.state, "uploaded")
                self.assertEqual(document.file_count, 1)
                self.assertTrue(document.file_ids.read(["size", "is_image"]))
                with self.assertRaises(AccessError):
                    document.action_accept()

    def test_others_of_the_store_see_nothing(self):
        document = self.by(self.technician, self.sent())
        with self.assertRaises(AccessError):
            document.read(["state"])

    def test_nobody_reads_the_encrypted_content_itself(self):
        file = self.by(self.consultant, self.sent().file_ids)
        with self.assertRaises(AccessError):
            file.read(["sealed"])
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", file._name), ("res_field", "=", "sealed")]
            + [("res_id", "=", file.id)]
        )
        with self.assertRaises(AccessError):
            attachment.with_user(self.consultant).read(["raw"])

    def test_a_sister_store_sees_nothing(self):
        stranger = self.user("sales_manager", self.store_a2)
        document = self.by(stranger, self.sent())
        self.assertFalse(document.search([("id", "=", document.id)]))
        with self.assertRaises(AccessError):
            document.read(["state"])

    def test_a_customer_has_no_right_to_any_of_it(self):
        document = self.sent()
        for record in (document, document.file_ids, document.deal_id):
            for operation in ("read", "write", "create", "unlink"):
                with self.subTest(record=record, operation=operation):
                    self.assertFalse(record.with_user(self.buyer).has_access(operation))

    def test_the_manager_adds_kinds_of_his_own_store(self):
        kinds = self.by(self.manager, self.env["dms.deal.document.kind"])
        self.assertTrue(kinds.create({"name": "X", "company_id": self.store_a1.id}))
        with self.assertRaises(AccessError):
            kinds.create({"name": "X", "company_id": False})
        with self.assertRaises(AccessError):
            self.by(self.manager, self.kind("id_card")).name = "Mine"

    def test_who_opens_a_file_stands_in_the_audit(self):
        file = self.sent(None, PDF).file_ids
        self.assertEqual(self.by(self.consultant, file)._dms_opened(), PDF)
        entry = entries_of(
            self.env,
            action="reveal",
            model="dms.deal.document",
            res_id=file.document_id.id,
        )[-1]
        self.assertEqual(entry.user_id, self.consultant)
        self.assertIn("Files", entry.fields_changed)

    def test_a_consultant_gives_his_customer_a_login(self):
        newcomer = self.env["res.partner"].create(
            {"name": "王芳", "email": "wang.fang@example.com"}
        )
        deal = self.by(self.consultant, self.offered(newcomer))
        action = deal.action_dms_invite()
        wizard = deal.env["portal.wizard"].browse(action["res_id"])
        wizard.user_ids.action_grant_access()
        deals = self.env["dms.deal"].with_user(newcomer.user_ids)
        self.assertEqual(deals._dms_mine(), deal)
