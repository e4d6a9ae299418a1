import logging

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from ..fields import has_secret, unmask
from .common import DmsCommon

NUMBER = "360426199101010071"
MASK = "3604**********0071"
OTHER = "11010519491231002X"
OTHER_MASK = "1101**********002X"
# The first and the last four characters are those of NUMBER.
ALIKE = "360426199201010071"


class EncryptedCommon(DmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = cls.user("fi_officer", cls.store_a1)
        cls.consultant = cls.user("sales_consultant", cls.store_a1)
        for user in (cls.officer, cls.consultant):
            user.group_ids += cls.env.ref("base.group_allow_export")
        cls.partner = cls.env["res.partner"].create(
            {"name": "Zhang", "dms_id_number": NUMBER}
        )
        cls.env.flush_all()
        cls.env.invalidate_all()

    def columns(self, partner=None):
        """Return what the table holds: the envelope and the token."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT dms_id_number, dms_id_number_token FROM res_partner WHERE id = %s",
            [(partner or self.partner).id],
        )
        return self.env.cr.fetchone()

    def secret(self, partner=None):
        return (partner or self.partner)._dms_unsealed("dms_id_number")

    def new_partner(self, **vals):
        return self.env["res.partner"].create({"name": "Li"} | vals)


@tagged("post_install", "-at_install")
class TestEncryptedStorage(EncryptedCommon):
    """The database holds envelopes and tokens."""

    def test_no_column_holds_the_value(self):
        envelope, token = self.columns()
        self.assertTrue(envelope.startswith("s2."))
        self.assertEqual(len(token), 22)
        self.assertNotIn(NUMBER, envelope + token)

    def test_records_created_together_are_sealed_each(self):
        partners = self.env["res.partner"].create(
            [{"name": str(n), "dms_id_number": NUMBER} for n in range(3)]
        )
        envelopes = {self.columns(partner)[0] for partner in partners}
        self.assertEqual(len(envelopes), 3)
        self.env.invalidate_all()
        self.assertEqual([self.secret(p) for p in partners], [NUMBER] * 3)

    def test_equal_values_have_equal_tokens(self):
        twin = self.new_partner(dms_id_number=NUMBER)
        self.assertEqual(self.columns(twin)[1], self.columns()[1])

    def test_nothing_is_nothing(self):
        self.assertEqual(self.columns(self.new_partner()), (None, None))
        self.assertEqual(self.columns(self.new_partner(dms_id_number="")), (None, None))

    def test_emptying_removes_envelope_and_token(self):
        self.partner.dms_id_number = False
        self.assertEqual(self.columns(), (None, None))

    def test_the_company_of_the_record_chooses_the_key(self):
        own = self.new_partner(company_id=self.store_b1.id, dms_id_number=NUMBER)
        key = self.env["dms.sealed.key"].search([("company_id", "=", self.store_b1.id)])
        shared = self.env["dms.sealed.key"].search(
            [("company_id", "=", False), ("purpose", "=", "data")]
        )
        self.assertEqual(self._key_id(own), key.key_id)
        self.assertEqual(self._key_id(self.partner), shared.key_id)

    def _key_id(self, partner):
        from ..sealed import key_id_of

        return key_id_of(self.columns(partner)[0]).hex()

    def test_nobody_writes_a_token(self):
        with self.assertRaises(AccessError):
            self.partner.with_user(self.officer).write({"dms_id_number_token": "x"})
        before = self.columns()
        self.partner.sudo().write({"dms_id_number_token": "x"})
        self.assertEqual(self.columns(), before)

    def test_creating_costs_no_query_per_record(self):
        plain = [{"name": f"P{n}", "ref": NUMBER} for n in range(30)]
        secret = [{"name": f"S{n}", "dms_id_number": NUMBER} for n in range(30)]
        self.env["res.partner"].create(plain)
        self.env.flush_all()
        start = self.env.cr.sql_log_count
        self.env["res.partner"].create(plain)
        self.env.flush_all()
        count = self.env.cr.sql_log_count - start
        with self.assertQueryCount(count + 2):
            self.env["res.partner"].create(secret)
            self.env.flush_all()


@tagged("post_install", "-at_install")
class TestEncryptedReading(EncryptedCommon):
    """Everybody reads the mask; who has the right reveals, one at a time."""

    def test_whoever_asks_reads_the_mask(self):
        for user in (self.env.ref("base.user_admin"), self.officer, self.consultant):
            partner = self.partner.with_user(user)
            self.assertEqual(partner.dms_id_number, MASK)
            self.assertEqual(partner.sudo().dms_id_number, MASK)

    def test_the_mask_shows_before_the_flush(self):
        self.assertEqual(
            self.new_partner(dms_id_number=OTHER).dms_id_number, OTHER_MASK
        )

    def test_each_of_many_shows_its_own_mask(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "1", "dms_id_number": OTHER},
                {"name": "2"},
                {"name": "3", "dms_id_number": OTHER, "company_id": self.store_b1.id},
            ]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        shown = (self.partner | partners).mapped("dms_id_number")
        self.assertEqual(shown, [MASK, OTHER_MASK, False, OTHER_MASK])

    def test_read_gives_plain_text_of_the_mask(self):
        (row,) = self.partner.read(["dms_id_number"])
        self.assertEqual(row["dms_id_number"], MASK)
        self.assertIs(type(row["dms_id_number"]), str)

    def test_search_read_and_web_read_give_the_mask(self):
        domain = [("id", "=", self.partner.id)]
        (row,) = self.partner.search_read(domain, ["dms_id_number"])
        self.assertEqual(row["dms_id_number"], MASK)
        (row,) = self.partner.web_read({"dms_id_number": {}})
        self.assertEqual(row["dms_id_number"], MASK)

    def test_a_user_reads_the_mask_of_his_own_number(self):
        self.officer.partner_id.dms_id_number = OTHER
        self.assertEqual(self.officer.dms_id_number, OTHER_MASK)

    def test_an_officer_reveals(self):
        partner = self.partner.with_user(self.officer)
        self.assertEqual(partner.dms_reveal("dms_id_number"), NUMBER)

    def test_who_reveals(self):
        for role, may in {
            "sales_consultant": False,
            "sales_manager": False,
            "service_advisor": False,
            "parts_clerk": False,
            "auditor": False,
            "integrator": False,
            "fi_officer": True,
            "accountant": True,
            "store_manager": True,
        }.items():
            with self.subTest(role=role):
                self.assertEqual(self.user(role, self.store_a1)._dms_may_reveal(), may)

    def test_without_the_right_nothing_is_revealed(self):
        partner = self.partner.with_user(self.consultant)
        for attempt in (partner, partner.sudo()):
            with self.assertRaises(AccessError):
                attempt.dms_reveal("dms_id_number")

    def test_a_record_out_of_reach_is_not_revealed(self):
        partner = self.new_partner(company_id=self.store_b1.id, dms_id_number=OTHER)
        with self.assertRaises(AccessError):
            partner.with_user(self.officer).dms_reveal("dms_id_number")

    def test_other_fields_are_not_revealed(self):
        for name in ("name", "dms_id_number_token", "no_such_field"):
            with self.assertRaises(UserError):
                self.partner.with_user(self.officer).dms_reveal(name)

    def test_nothing_to_reveal(self):
        empty = self.new_partner().with_user(self.officer)
        self.assertFalse(empty.dms_reveal("dms_id_number"))

    def test_export_masks_without_the_right(self):
        partner = self.partner.with_user(self.consultant)
        self.assertEqual(partner.export_data(["dms_id_number"])["datas"], [[MASK]])

    def test_export_reveals_with_the_right(self):
        partner = self.partner.with_user(self.officer)
        self.assertEqual(partner.export_data(["dms_id_number"])["datas"], [[NUMBER]])

    def test_a_mail_template_writes_the_mask(self):
        template = self.env["mail.template"].create(
            {
                "name": "Number",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "subject": "{{ object.dms_id_number }}",
                "body_html": "<p t-out='object.dms_id_number'/>",
            }
        )
        mail = template._generate_template(self.partner.ids, ["subject", "body_html"])
        self.assertEqual(mail[self.partner.id]["subject"], MASK)
        self.assertIn(MASK, mail[self.partner.id]["body_html"])

    def test_expressions_do_not_get_behind_the_mask(self):
        value = self.partner.dms_id_number
        for expression in (
            "value._Masked__open()",
            "value.__way__(value)()",
            "'{0.__class__}'.format(value)",
        ):
            with self.subTest(expression), self.assertRaises(Exception):  # noqa: B017
                shown = safe_eval(expression, {"value": value})
                self.assertEqual(shown, NUMBER)

    def test_logs_and_errors_show_the_mask(self):
        with self.assertLogs("test.sealed", logging.INFO) as caught:
            logging.getLogger("test.sealed").info(
                "%s %r", self.partner.dms_id_number, self.partner.dms_id_number
            )
        self.assertNotIn(NUMBER, str(caught.output))
        self.assertNotIn(NUMBER, repr(dict(self.partner._cache)))
        fresh = self.new_partner(dms_id_number=OTHER)
        self.assertNotIn(OTHER, repr(dict(fresh._cache)))

    def test_sql_logs_show_no_value(self):
        with self.assertLogs("odoo.sql_db", logging.DEBUG) as caught:
            partner = self.new_partner(dms_id_number=OTHER)
            partner.search([("dms_id_number", "=", OTHER)])
            partner.dms_id_number = NUMBER
            self.env.flush_all()
        self.assertTrue(caught.output)
        self.assertFalse([line for line in caught.output if OTHER in line])
        self.assertFalse([line for line in caught.output if NUMBER in line])


@tagged("post_install", "-at_install")
class TestEncryptedWriting(EncryptedCommon):
    """Secrets are written like any value; a mask is not a value."""

    def test_a_new_value_replaces_the_old(self):
        before = self.columns()
        self.partner.dms_id_number = OTHER
        self.assertNotEqual(self.columns()[0], before[0])
        self.assertNotEqual(self.columns()[1], before[1])
        self.env.invalidate_all()
        self.assertEqual(self.secret(), OTHER)

    def test_a_value_with_the_same_mask_is_a_new_value(self):
        self.assertEqual(self.partner.dms_id_number, MASK)
        with self.assertRaises(ValidationError):  # its check character is wrong
            self.partner.dms_id_number = ALIKE
        field = self.partner._fields["dms_id_number"]
        value = self.partner.dms_id_number
        other = field.protected(OTHER, self.partner)
        self.assertEqual(value, MASK)
        self.assertNotEqual(value, other)

    def test_the_mask_written_back_changes_nothing(self):
        before = self.columns()
        self.partner.write({"name": "Renamed", "dms_id_number": MASK})
        self.assertEqual(self.columns(), before)

    def test_a_form_that_saves_what_it_read_changes_nothing(self):
        before = self.columns()
        with Form(self.partner.with_user(self.officer)) as form:
            self.assertEqual(form.dms_id_number, MASK)
            form.name = "Renamed"
        self.assertEqual(self.columns(), before)

    def test_a_form_writes_what_is_typed(self):
        with Form(self.partner.with_user(self.consultant)) as form:
            form.dms_id_number = OTHER
        self.env.invalidate_all()
        self.assertEqual(self.secret(), OTHER)

    def test_a_form_creates(self):
        with Form(self.env["res.partner"].with_user(self.consultant)) as form:
            form.name = "Wang"
            form.dms_id_number = OTHER
        self.assertEqual(self.secret(form.record), OTHER)

    def test_a_mask_of_something_else_is_refused(self):
        for mask in (OTHER_MASK, "*" * 8, MASK + " "):
            with self.subTest(mask), self.assertRaisesRegex(UserError, "mask"):
                self.partner.dms_id_number = mask
        with self.assertRaisesRegex(UserError, "mask"):
            self.new_partner(dms_id_number=MASK)

    def test_what_the_model_normalises_is_kept(self):
        self.partner.dms_id_number = "110105 19491231-002x"
        self.assertEqual(self.secret(), OTHER)

    def test_an_invalid_value_is_refused(self):
        with self.assertRaises(ValidationError):
            self.partner.dms_id_number = NUMBER[:-1] + "2"
        with self.assertRaises(ValidationError):
            self.new_partner(dms_id_number=NUMBER[:-1] + "2")

    def test_import_takes_values_and_own_masks(self):
        self.env["ir.model.data"]._update_xmlids(
            [{"xml_id": "test.zhang", "record": self.partner}]
        )
        before = self.columns()
        result = self.env["res.partner"].load(
            ["id", "name", "dms_id_number"],
            [["test.zhang", "Zhang", MASK], ["test.wang", "Wang", OTHER]],
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self.columns(), before)
        self.assertEqual(self.secret(self.env.ref("test.wang")), OTHER)

    def test_a_user_changes_it_through_the_contact(self):
        self.officer.dms_id_number = OTHER
        self.assertEqual(self.secret(self.officer.partner_id), OTHER)
        self.officer.write({"dms_id_number": OTHER_MASK})
        self.env.invalidate_all()
        self.assertEqual(self.secret(self.officer.partner_id), OTHER)


@tagged("post_install", "-at_install")
class TestEncryptedMoving(EncryptedCommon):
    """Code that copies values moves secrets without seeing them."""

    def test_a_copy_has_none(self):
        self.assertFalse(self.partner.copy().dms_id_number)

    def test_a_value_read_is_a_value_to_write(self):
        value = self.partner.dms_id_number
        self.assertTrue(has_secret(value))
        self.assertEqual(unmask(value, self.env), NUMBER)
        other = self.new_partner(dms_id_number=value)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.secret(other), NUMBER)

    def test_a_merge_takes_the_secret_along(self):
        other = self.new_partner()
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.partner | other).ids, other
        )
        self.env.invalidate_all()
        self.assertEqual(self.secret(other), NUMBER)
        found = self.env["res.partner"].search([("dms_id_number", "=", NUMBER)])
        self.assertEqual(found, other)

    def test_a_merge_keeps_the_secret_of_the_one_that_stays(self):
        other = self.new_partner(dms_id_number=OTHER)
        self.env["base.partner.merge.automatic.wizard"]._merge(
            (self.partner | other).ids, other
        )
        self.env.invalidate_all()
        self.assertEqual(self.secret(other), OTHER)

    def test_tracking_shows_masks(self):
        self.env.cr.flush()  # records made in this transaction are not tracked
        partner = self.partner.with_context(tracking_disable=False, mail_notrack=False)
        partner.dms_id_number = OTHER
        self.env.flush_all()
        self.env.cr.flush()
        (value,) = partner.message_ids.sudo().tracking_value_ids
        self.assertEqual(value.old_value_char, MASK)
        self.assertEqual(value.new_value_char, OTHER_MASK)

    def test_children_created_in_commands(self):
        parent = self.new_partner(
            child_ids=[Command.create({"name": "Child", "dms_id_number": OTHER})]
        )
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.secret(parent.child_ids), OTHER)


@tagged("post_install", "-at_install")
class TestEncryptedSearching(EncryptedCommon):
    """Whole values are found by their token; parts are not."""

    def _search(self, *condition):
        return self.env["res.partner"].search([("dms_id_number", *condition)])

    def test_the_whole_value_finds(self):
        self.assertEqual(self._search("=", NUMBER), self.partner)
        self.assertFalse(self._search("=", OTHER))
        self.assertFalse(self._search("=", MASK))

    def test_spelling_does_not_matter(self):
        self.assertEqual(self._search("=", "360426 19910101 0071"), self.partner)

    def test_several_values_find(self):
        other = self.new_partner(dms_id_number=OTHER)
        self.assertEqual(self._search("in", [OTHER, NUMBER]), self.partner | other)

    def test_what_was_just_written_is_found(self):
        self.partner.dms_id_number = OTHER
        self.assertEqual(self._search("=", OTHER), self.partner)
        self.assertFalse(self._search("=", NUMBER))

    def test_set_and_not_set(self):
        empty = self.new_partner()
        self.assertIn(empty, self._search("=", False))
        self.assertNotIn(self.partner, self._search("=", False))
        self.assertIn(self.partner, self._search("!=", False))
        self.assertIn(empty, self._search("!=", NUMBER))
        self.assertNotIn(self.partner, self._search("!=", NUMBER))

    def test_a_masked_value_finds_its_secret(self):
        self.assertEqual(self._search("=", self.partner.dms_id_number), self.partner)

    def test_parts_and_order_are_refused(self):
        for condition in (
            ("ilike", "3604"),
            ("like", "%71"),
            (">", "3"),
            ("=like", "3%"),
        ):
            with self.subTest(condition), self.assertRaisesRegex(UserError, "whole"):
                self._search(*condition)

    def test_records_in_memory_are_filtered_alike(self):
        other = self.new_partner(dms_id_number=OTHER)
        both = self.partner | other | self.new_partner()
        found = both.filtered_domain([("dms_id_number", "=", "11010519491231002x")])
        self.assertEqual(found, other)
        self.assertEqual(len(both.filtered_domain([("dms_id_number", "=", False)])), 1)

    def test_who_may_not_read_the_partner_does_not_find_him(self):
        self.new_partner(company_id=self.store_b1.id, dms_id_number=OTHER)
        partners = self.env["res.partner"].with_user(self.consultant)
        self.assertFalse(partners.search([("dms_id_number", "=", OTHER)]))

    def test_it_is_offered_neither_for_order_nor_for_groups(self):
        info = self.partner.fields_get(["dms_id_number"])["dms_id_number"]
        self.assertFalse(info["sortable"])
        self.assertFalse(info["groupable"])
        self.assertTrue(info["searchable"])

    def test_nobody_sees_the_companion(self):
        partner = self.partner.with_user(self.officer)
        self.assertNotIn("dms_id_number_token", partner.fields_get())
        with self.assertRaises(AccessError):
            partner.search([("dms_id_number_token", "=", "x")])
