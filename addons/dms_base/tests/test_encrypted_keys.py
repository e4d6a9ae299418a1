import os
from tempfile import TemporaryDirectory
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .. import keydir, sealed
from .common import ISOLATION_FACTORIES
from .test_encrypted import MASK, NUMBER, OTHER, EncryptedCommon

ROTATION = "odoo.addons.dms_base.models.dms_sealed_key_rotation"


def _key_of_store(case, store):
    return case.env["dms.sealed.key"].sudo().search([("company_id", "=", store.id)])


ISOLATION_FACTORIES["dms.sealed.key"] = _key_of_store


@tagged("post_install", "-at_install")
class TestEncryptedPlace(EncryptedCommon):
    """Whoever can write to the tables still cannot move a secret elsewhere."""

    def setUp(self):
        super().setUp()
        self.other = self.new_partner(dms_id_number=OTHER)
        self.env.flush_all()

    def _sql(self, query, *params):
        self.env.cr.execute(query, params)
        self.env.invalidate_all()

    def _assert_closed(self, record, name="dms_id_number"):
        self.assertRegex(record[name], "damaged")
        with self.assertRaisesRegex(UserError, "damaged"):
            record.with_user(self.officer).dms_reveal(name)

    def test_not_to_another_record(self):
        self._sql(
            "UPDATE res_partner p SET dms_id_number = q.dms_id_number,"
            " dms_id_number_token = q.dms_id_number_token"
            " FROM res_partner q WHERE p.id = %s AND q.id = %s",
            self.partner.id,
            self.other.id,
        )
        self._assert_closed(self.partner)
        self.assertEqual(self.secret(self.other), OTHER)

    def test_not_to_another_model(self):
        bank = self.env["res.partner.bank"].create(
            {"partner_id": self.partner.id, "acc_number": "6222020200112230456"}
        )
        self.env.flush_all()
        self._sql(
            "UPDATE res_partner_bank SET acc_number = ("
            "SELECT dms_id_number FROM res_partner WHERE id = %s) WHERE id = %s",
            self.partner.id,
            bank.id,
        )
        self._assert_closed(bank, "acc_number")

    def test_not_to_another_field(self):
        field = self.partner._fields["dms_id_number"]
        envelope = self.columns()[0]
        keys = self.env["dms.sealed.key"]._keys()
        elsewhere = field._context(self.partner)._replace(field="dms_other")
        with self.assertRaises(sealed.Damaged):
            keys.ring.open(envelope, elsewhere)

    def test_plain_text_in_the_table_is_not_believed(self):
        self._sql(
            "UPDATE res_partner SET dms_id_number = %s WHERE id = %s",
            OTHER,
            self.partner.id,
        )
        self._assert_closed(self.partner)

    def test_a_list_shows_the_mask_and_opens_nothing(self):
        """What is wrong with the secret itself comes out when somebody needs it."""
        envelope = self.columns()[0]
        self._sql(
            "UPDATE res_partner SET dms_id_number = %s WHERE id = %s",
            envelope[:-2] + "AA",
            self.partner.id,
        )
        self.assertEqual(self.partner.dms_id_number, MASK)
        with self.assertRaisesRegex(UserError, "damaged"):
            self.partner.with_user(self.officer).dms_reveal("dms_id_number")

    def test_the_mask_of_another_value_does_not_fit(self):
        number = self.columns()[0]
        self.partner.dms_id_number = OTHER
        head_of_other = self.columns()[0][:35]
        self._sql(
            "UPDATE res_partner SET dms_id_number = %s WHERE id = %s",
            head_of_other + number[35:],
            self.partner.id,
        )
        with self.assertRaisesRegex(UserError, "damaged"):
            self.partner.with_user(self.officer).dms_reveal("dms_id_number")

    def test_no_mask_is_kept_that_may_become_another(self):
        """An account is shown in full as soon as its holder is a store."""
        bank = self.env["res.partner.bank"].create(
            {"partner_id": self.partner.id, "acc_number": "6222020200112230456"}
        )
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT acc_number FROM res_partner_bank WHERE id = %s", [bank.id]
        )
        self.assertTrue(self.env.cr.fetchone()[0].startswith("s1."))
        self.assertTrue(self.columns()[0].startswith("s2."))

    def test_the_rest_of_the_record_stays_readable_and_writable(self):
        self.test_not_to_another_record()
        self.partner.write({"name": "Renamed"})
        shown = self.partner.read(["name", "dms_id_number"])[0]
        self.partner.write({"dms_id_number": shown["dms_id_number"], "name": "Again"})
        self.assertEqual(self.partner.name, "Again")

    def test_a_new_value_repairs(self):
        self.test_not_to_another_record()
        self.partner.dms_id_number = NUMBER
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.secret(), NUMBER)

    def test_what_cannot_be_read_is_not_copied(self):
        self.test_not_to_another_record()
        with self.assertRaisesRegex(UserError, "damaged"):
            self.new_partner(dms_id_number=self.partner.dms_id_number)


@tagged("post_install", "-at_install")
class TestEncryptedWithoutKeys(EncryptedCommon):
    """A database without its key folder: everything but the secrets is there."""

    def setUp(self):
        super().setUp()
        self.enterContext(self._key_folder(self.enterContext(TemporaryDirectory())))
        self.env.invalidate_all()

    def _key_folder(self, folder):
        self.addCleanup(self.env.registry.clear_cache, "stable")
        self.env.registry.clear_cache("stable")
        return patch.dict(os.environ, {"DMS_KEY_DIR": str(folder)})

    def test_the_field_says_so_and_the_others_are_readable(self):
        (row,) = self.partner.read(["name", "dms_id_number"])
        self.assertEqual(row["name"], "Zhang")
        self.assertIn("key missing", row["dms_id_number"])

    def test_revealing_says_so(self):
        with self.assertRaisesRegex(UserError, "key missing"):
            self.partner.with_user(self.officer).dms_reveal("dms_id_number")

    def test_writing_says_so_and_loses_nothing(self):
        before = self.columns()
        with self.assertRaisesRegex(UserError, "restore"):
            self.partner.dms_id_number = OTHER
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.columns(), before)

    def test_searching_says_so(self):
        with self.assertRaisesRegex(UserError, "restore"):
            self.partner.search([("dms_id_number", "=", NUMBER)])

    def test_a_form_still_saves_the_rest(self):
        shown = self.partner.read(["dms_id_number"])[0]["dms_id_number"]
        self.partner.write({"name": "Renamed", "dms_id_number": shown})
        self.env.flush_all()
        self.assertEqual(self.partner.name, "Renamed")

    def test_a_wrong_key_is_a_missing_key(self):
        name = self.env["dms.sealed.key"].search([], limit=1).kek
        keydir.create(name, sealed.new_key())
        self.env["dms.sealed.key"].action_read_again()
        self.assertIn("key missing", self.partner.dms_id_number)

    def test_no_new_key_hides_the_loss(self):
        with self.assertRaisesRegex(UserError, "backup"):
            self.env["res.company"].create({"name": "Another"})

    def test_restoring_the_folder_is_enough(self):
        self.assertIn("key missing", self.partner.dms_id_number)
        del os.environ["DMS_KEY_DIR"]
        self.env["dms.sealed.key"].action_read_again()
        self.env.invalidate_all()
        self.assertEqual(self.partner.dms_id_number, MASK)


@tagged("post_install", "-at_install")
class TestKeyRotation(EncryptedCommon):
    """Keys are replaced while everybody works."""

    def setUp(self):
        super().setUp()
        self.folder = self.enterContext(TemporaryDirectory())
        for name in keydir.names(""):
            (keydir.Path(self.folder) / name).write_bytes(keydir.read(name))
        self.enterContext(patch.dict(os.environ, {"DMS_KEY_DIR": self.folder}))
        self.addCleanup(self.env.registry.clear_cache, "stable")
        self.keys = self.env["dms.sealed.key"]
        self.old = self._key_in_use()

    def _key_in_use(self):
        return self.keys.search(
            [
                ("company_id", "=", False),
                ("purpose", "=", "data"),
                ("state", "=", "active"),
            ]
        )

    def _reseal(self, **options):
        """Run the job as the scheduler does, in a cursor that it may commit."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            done = self.keys.with_env(self.env(cr=cr))._cron_reseal(**options)
        self.env.invalidate_all()
        return done

    def _key_of(self, partner):
        return sealed.key_id_of(self.columns(partner)[0]).hex()

    def test_new_values_get_the_new_key_and_old_ones_open(self):
        self.old.action_rotate()
        new = self.new_partner(dms_id_number=OTHER)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self._key_of(self.partner), self.old.key_id)
        self.assertEqual(self._key_of(new), self._key_in_use().key_id)
        self.assertNotEqual(self._key_in_use(), self.old)
        self.assertEqual([self.secret(), self.secret(new)], [NUMBER, OTHER])

    def test_only_keys_in_use_are_replaced(self):
        self.old.action_rotate()
        index = self.keys.search([("purpose", "=", "index")])
        for key in (self.old, index):
            with self.assertRaises(UserError):
                key.action_rotate()

    def test_old_values_are_sealed_again(self):
        stamp = self.partner.write_date
        token = self.columns()[1]
        self.old.action_rotate()
        self.assertGreaterEqual(self._reseal(), 1)
        self.assertEqual(self._key_of(self.partner), self._key_in_use().key_id)
        self.env.invalidate_all()
        self.assertEqual(self.secret(), NUMBER)
        self.assertEqual(self.columns()[1], token)
        self.assertEqual(self.partner.write_date, stamp)
        self.assertEqual(self._reseal(), 0)

    def test_it_goes_on_where_it_was_stopped(self):
        partners = self.env["res.partner"].create(
            [{"name": str(n), "dms_id_number": NUMBER} for n in range(5)]
        )
        self.env.flush_all()
        self.old.action_rotate()
        cron = self.env.registry["ir.cron"]
        with patch.object(cron, "_commit_progress", side_effect=[9, 0, 0]):
            self.assertEqual(self._reseal(batch_size=3), 3)
        rest = self._reseal(batch_size=3)
        self.assertEqual(rest, len(partners) + 1 - 3)
        new = self._key_in_use().key_id
        self.assertEqual({self._key_of(p) for p in partners | self.partner}, {new})

    def test_what_cannot_be_opened_stops_nothing(self):
        broken = self.new_partner(dms_id_number=OTHER)
        envelope = self.columns(broken)[0]
        self.env.cr.execute(
            "UPDATE res_partner SET dms_id_number = %s WHERE id = %s",
            [envelope[:-2] + "AA", broken.id],
        )
        self.env.invalidate_all()
        self.old.action_rotate()
        with self.assertLogs(ROTATION, "WARNING") as caught:
            self._reseal()
        self.assertIn(str(broken), caught.output[0])
        self.assertEqual(self._key_of(self.partner), self._key_in_use().key_id)

    def test_a_new_kek_wraps_all_keys(self):
        before = {key: key.wrapped for key in self.keys.search([])}
        self.keys.action_rotate_kek()
        names = keydir.names("sealed-kek-")
        self.assertEqual(len(names), 2)
        for key, wrapped in before.items():
            self.assertEqual(key.kek, names[-1])
            self.assertNotEqual(key.wrapped, wrapped)
            self.assertTrue(key.is_available)
        self.env.invalidate_all()
        self.assertEqual(self.secret(), NUMBER)

    def test_the_old_kek_is_no_longer_needed(self):
        self.keys.action_rotate_kek()
        (keydir.Path(self.folder) / keydir.names("sealed-kek-")[0]).unlink()
        self.keys.action_read_again()
        self.env.invalidate_all()
        self.assertEqual(self.secret(), NUMBER)

    def test_a_lost_key_stops_the_new_kek(self):
        lost = self.old.copy({"key_id": "00" * 8, "state": "retired", "wrapped": "s1."})
        with self.assertRaisesRegex(UserError, lost.key_id):
            self.keys.action_rotate_kek()
        self.assertEqual(len(keydir.names("sealed-kek-")), 1)

    def test_a_key_made_by_another_process_is_found(self):
        self.keys._keys()
        with patch.object(self.env.registry["dms.sealed.key"], "_changed"):
            made = self.old._rotate()
        key_id = bytes.fromhex(made.key_id)
        context = self.partner._fields["dms_id_number"]._context(self.partner)
        ring = sealed.Keyring({key_id: made._unwrap()})
        self.env.cr.execute(
            "UPDATE res_partner SET dms_id_number = %s WHERE id = %s",
            [ring.seal(key_id, OTHER, context), self.partner.id],
        )
        self.env.invalidate_all()
        self.assertEqual(self.secret(), OTHER)

    def test_a_new_company_has_a_key_from_the_start(self):
        company = self.env["res.company"].create({"name": "Another"})
        key = self.keys.search([("company_id", "=", company.id)])
        self.assertEqual(key.mapped("state"), ["active"])
        self.assertTrue(key.is_available)
