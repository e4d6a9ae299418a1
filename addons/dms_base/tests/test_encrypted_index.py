from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .. import sealed
from .test_encrypted import NUMBER, OTHER, EncryptedCommon

INDEX = "odoo.addons.dms_base.models.dms_sealed_index"


@tagged("post_install", "-at_install")
class TestIndexKey(EncryptedCommon):
    """The key of the search tokens is replaced while everybody searches."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.env.registry.clear_cache, "stable")
        self.keys = self.env["dms.sealed.key"]
        self.other = self.new_partner(dms_id_number=OTHER)
        self.env.flush_all()
        self.old = self._in_use()

    def _in_use(self):
        index = [("purpose", "=", "index"), ("state", "=", "active")]
        return self.keys.search(index)

    def _reindex(self, **options):
        """Run the job as the scheduler does, in a cursor that it may commit."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            index = self.env["dms.sealed.index"].with_env(self.env(cr=cr))
            done = index._cron_reindex(**options)
        self.env.invalidate_all()
        return done

    def _end_the_grace(self):
        self.old.flush_recordset()
        self.env.cr.execute(
            "UPDATE dms_sealed_key SET write_date = write_date - %s WHERE id = %s",
            [timedelta(days=2), self.old.id],
        )
        self.old.invalidate_recordset()

    def _tag(self, key):
        return sealed.tag_of(bytes.fromhex(key.key_id))

    def _is_new(self, partner):
        return self.columns(partner)[1].startswith(self._tag(self._in_use()))

    def _found(self, number, operator="="):
        return self.env["res.partner"].search([("dms_id_number", operator, number)])

    def test_the_key_is_replaced(self):
        self.old.action_rotate()
        self.assertEqual(self.old.state, "retired")
        self.assertNotEqual(self._in_use(), self.old)
        self.assertTrue(self._in_use().is_available)

    def test_old_and_new_tokens_are_found(self):
        self.old.action_rotate()
        new = self.new_partner(dms_id_number=NUMBER)
        self.assertEqual(self._found(NUMBER), self.partner | new)
        self.assertEqual([self._is_new(p) for p in (self.partner, new)], [False, True])

    def test_old_and_new_tokens_are_excluded(self):
        self.old.action_rotate()
        new = self.new_partner(dms_id_number=NUMBER)
        others = self._found(NUMBER, "!=")
        self.assertFalse(others & (self.partner | new))
        self.assertIn(self.other, others)

    def test_set_and_not_set_are_as_before(self):
        self.old.action_rotate()
        empty = self.new_partner()
        self.assertIn(empty, self._found(False))
        self.assertIn(self.partner, self._found(False, "!="))
        self.assertEqual(
            self._found([NUMBER, False], "in") & (self.partner | empty | self.other),
            self.partner | empty,
        )

    def test_all_tokens_are_made_again(self):
        before = self.columns()
        stamp = self.partner.write_date
        self.old.action_rotate()
        self.assertGreaterEqual(self._reindex(), 2)
        after = self.columns()
        self.assertTrue(self._is_new(self.partner))
        self.assertNotEqual(after[1], before[1])
        self.assertEqual(after[0], before[0])
        self.assertEqual(self.partner.write_date, stamp)
        self.assertEqual(self._found(NUMBER), self.partner)
        self.assertEqual(self._reindex(), 0)

    def test_it_goes_on_where_it_was_stopped(self):
        partners = self.env["res.partner"].create(
            [{"name": str(n), "dms_id_number": NUMBER} for n in range(5)]
        )
        self.env.flush_all()
        self.old.action_rotate()
        everybody = partners | self.partner | self.other
        cron = self.env.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", side_effect=[9, 0, 0]):
            self.assertEqual(self._reindex(batch_size=3), 3)
        self.assertEqual(self._found(NUMBER), partners | self.partner)
        self._reindex(batch_size=3)
        self.assertEqual([self._is_new(p) for p in everybody], [True] * 7)

    def test_the_old_key_is_spent_a_day_later(self):
        """Until then, long transactions may still write its tokens."""
        self.old.action_rotate()
        self._reindex()
        self.assertEqual(self.old.state, "retired")
        self._end_the_grace()
        self._reindex()
        self.assertEqual(self.old.state, "spent")
        self.assertFalse(self.keys._blind_index("res.partner.dms_id_number").older)
        self.assertEqual(self._found(NUMBER), self.partner)

    def test_a_token_that_was_written_late_is_made_again(self):
        late = self.columns()[1]
        self.old.action_rotate()
        self._reindex()
        self.env.cr.execute(
            "UPDATE res_partner SET dms_id_number_token = %s WHERE id = %s",
            [late, self.partner.id],
        )
        self._end_the_grace()
        self.assertEqual(self._reindex(), 1)
        self.assertTrue(self._is_new(self.partner))
        self.assertEqual(self.old.state, "spent")

    def test_what_cannot_be_opened_keeps_token_and_key(self):
        envelope, token = self.columns(self.other)
        self.env.cr.execute(
            "UPDATE res_partner SET dms_id_number = %s WHERE id = %s",
            [envelope[:-2] + "AA", self.other.id],
        )
        self.env.invalidate_all()
        self.old.action_rotate()
        self._end_the_grace()
        with self.assertLogs(INDEX, "WARNING") as caught:
            self._reindex()
        self.assertIn(str(self.other), caught.output[0])
        self.assertEqual(self.columns(self.other)[1], token)
        self.assertTrue(self._is_new(self.partner))
        self.assertEqual(self.old.state, "retired")

    def test_without_a_replaced_key_nothing_is_looked_at(self):
        with self.assertQueryCount(1):
            self.assertEqual(self.env["dms.sealed.index"]._cron_reindex(), 0)

    def test_a_new_kek_wraps_the_old_index_key_too(self):
        self.old.action_rotate()
        self.keys.action_rotate_kek()
        self.assertTrue(self.old.is_available)
        self.assertEqual(self._found(NUMBER), self.partner)

    def test_it_can_be_replaced_again_meanwhile(self):
        self.old.action_rotate()
        second = self._in_use()
        new = self.new_partner(dms_id_number=NUMBER)
        self.env.flush_all()
        second.action_rotate()
        self.assertEqual(self._found(NUMBER), self.partner | new)
        self._reindex()
        self.assertTrue(self._is_new(self.partner) and self._is_new(new))

    def test_one_partner_still_has_an_account_number_once(self):
        account = {"partner_id": self.partner.id, "acc_number": "6222020200112230456"}
        banks = self.env["res.partner.bank"]
        banks.create(account)
        self.env.flush_all()
        self.old.action_rotate()
        with self.assertRaises(ValidationError):
            banks.create(account)

    def test_the_same_account_number_elsewhere_is_still_noticed(self):
        banks = self.env["res.partner.bank"]
        number = "6222020200112230456"
        first = banks.create({"partner_id": self.partner.id, "acc_number": number})
        self.env.flush_all()
        self.old.action_rotate()
        twin = banks.create({"partner_id": self.other.id, "acc_number": number})
        self.assertEqual(twin.duplicate_bank_partner_ids, self.partner)
        self.env.invalidate_all()
        self.assertEqual(twin.sanitized_acc_number, first.sanitized_acc_number)
