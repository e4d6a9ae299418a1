from psycopg2 import errors

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .learner_common import LearnerCommon


@tagged("post_install", "-at_install")
class TestLearner(LearnerCommon):
    # Learning

    def test_a_training_keeps_a_version_with_its_figures(self):
        self.contacts(self.store_a1)
        version = self.train().version_id
        self.assertEqual((version.learnt_count, version.held_out_count), (30, 10))
        self.assertEqual(version._figure("auc"), 1)
        self.assertEqual(version._figure("auc", "baseline"), 0.5)
        self.assertEqual(version._figure("auc", "odoo"), 0.5)

    def test_people_read_what_came_of_its_scores(self):
        self.contacts(self.store_a1)
        version = self.train().version_id.with_user(self.admin)
        self.assertIn("100.0 %", version.calibration_table)

    def test_the_same_history_has_the_same_hash(self):
        self.contacts(self.store_a1)
        hashes = {self.train().version_id.data_hash for _ in range(2)}
        self.assertEqual(len(hashes), 1)

    def test_a_group_learns_from_all_its_stores_and_from_no_other(self):
        self.contacts(self.store_a1)
        self.contacts(self.store_a2)
        self.contacts(self.store_b1)
        version = self.train().version_id
        self.assertEqual(version.learnt_count + version.held_out_count, 80)

    def test_a_store_learns_from_itself(self):
        self.contacts(self.store_a1)
        self.contacts(self.store_a2)
        version = self.train(scope="store").version_id
        self.assertEqual(version.learnt_count + version.held_out_count, 40)

    def test_too_few_examples_are_said_so(self):
        self.contacts(self.store_a1, 10)
        training = self.train()
        self.assertEqual(training.state, "failed")
        self.assertIn("10 examples are too few", training.message)

    @mute_logger("odoo.addons.dms_base.models.dms_learner_training")
    def test_what_fails_is_shown_and_stops_no_other(self):
        self.env.cr.execute(
            SQL("UPDATE dms_learner SET core = 'gone' WHERE id = %s", self.learner.id)
        )
        self.env.invalidate_all()
        self.contacts(self.store_a1)
        self.assertEqual(self.train().state, "failed")

    def test_the_job_learns_what_waits(self):
        self.contacts(self.store_a1)
        action = self.learner.with_user(self.admin).action_train()
        with self.enter_registry_test_mode():
            cron = self.env.ref("dms_base.ir_cron_dms_learner_train")
            cron.method_direct_trigger()
        training = self.env["dms.learner.training"].browse(action["res_id"])
        self.assertEqual(training.state, "done")
        self.assertEqual(training.version_id.user_id, self.admin)

    def test_the_calendar_asks_once_in_its_time(self):
        self.learner.schedule = "weekly"
        trainings = self.env["dms.learner.training"]
        mine = [("learner_id", "=", self.learner.id)]
        for _ in range(2):
            trainings._cron_schedule()
            asked = trainings.search(mine).company_id.dms_group_id
            self.assertLessEqual(self.group_a | self.group_b, asked)
        self.assertEqual(len(trainings.search(mine)), len(asked))

    # Champion and challenger

    def test_a_better_version_becomes_the_champion(self):
        self.contacts(self.store_a1)
        version = self.train().version_id
        self.assertEqual(version.state, "champion")
        self.assertEqual(self.champion(self.store_a2), version)
        self.assertFalse(self.champion(self.store_b1))

    def test_the_champion_is_judged_on_the_same_records(self):
        self.contacts(self.store_a1)
        self.version().action_promote()
        version = self.train().version_id
        self.assertEqual(version._figure("auc", "champion"), 0.5)

    def test_nothing_takes_over_by_itself_where_people_decide(self):
        self.learner.promotes = False
        self.contacts(self.store_a1)
        self.assertEqual(self.train().version_id.state, "challenger")

    def test_what_is_no_better_than_the_average_is_not_used(self):
        self.learner.core = "share"
        self.contacts(self.store_a1)
        training = self.train()
        self.assertEqual(training.version_id.state, "challenger")
        self.assertIn("Not better", training.message)

    def test_the_version_of_a_store_goes_before_that_of_its_group(self):
        of_group, of_store = self.version(), self.version(scope="store")
        (of_group + of_store).mapped(lambda version: version.action_promote())
        self.assertEqual(self.champion(self.store_a1), of_store)
        self.assertEqual(self.champion(self.store_a2), of_group)

    def test_rolling_back_makes_the_former_champion_the_champion(self):
        first, second = self.version(), self.version()
        first.action_promote()
        second.action_promote()
        second.action_roll_back()
        self.assertEqual(self.champion(self.store_a1), first)
        self.assertEqual((first.state, second.state), ("champion", "retired"))

    def test_there_is_nothing_to_roll_back_to_at_first(self):
        version = self.version()
        version.action_promote()
        with self.assertRaisesRegex(UserError, "No other version"):
            version.action_roll_back()

    def test_versions_are_found_by_their_role(self):
        champion, challenger = self.version(), self.version()
        champion.action_promote()
        versions = self.env["dms.learner.version"]
        found = versions.search([("state", "=", "champion")])
        self.assertIn(champion, found)
        self.assertNotIn(challenger, found)

    # What is kept

    def test_a_version_predicts_what_it_was_saved_with(self):
        trained = self.version(value=0.25)._dms_trained()
        self.assertEqual(trained.value, 0.25)

    def test_versions_figures_and_promotions_cannot_be_changed(self):
        self.contacts(self.store_a1)
        self.train()
        self.env.flush_all()
        for table in ("version", "metric", "promotion"):
            with (
                self.subTest(table=table),
                mute_logger("odoo.sql_db"),
                self.assertRaises(errors.RestrictViolation),
                self.env.cr.savepoint(),
            ):
                name = SQL.identifier(f"dms_learner_{table}")
                self.env.cr.execute(SQL("UPDATE %s SET id = id", name))

    def test_a_version_that_was_tampered_with_gives_no_scores(self):
        version = self.env["dms.learner.version"].create(
            {
                "learner_id": self.learner.id,
                "number": 99,
                "data_hash": "0",
                "content": "{}",
                "content_hash": "0",
                "company_id": self.store_a1.id,
            }
        )
        with self.assertRaisesRegex(UserError, "was changed"):
            version._dms_trained()

    def test_examples_need_something_that_gathers_them(self):
        with self.assertRaisesRegex(ValidationError, "Nothing gathers"):
            self.learner.method = "unknown"

    # Who may what

    def test_a_group_admin_trains_and_promotes(self):
        action = self.learner.with_user(self.admin).action_train()
        self.assertTrue(action["res_id"])
        version = self.version().with_user(self.admin)
        version.action_promote()
        self.assertEqual(version.state, "champion")
        self.assertEqual(version.promotion_ids.user_id, self.admin)

    def test_an_auditor_reads_and_neither_trains_nor_promotes(self):
        version = self.version().with_user(self.auditor)
        self.assertTrue(version.display_name)
        self.assertTrue(self.learner.with_user(self.auditor).read(["name"]))
        with self.assertRaises(AccessError):
            version.action_promote()
        with self.assertRaises(AccessError):
            self.learner.with_user(self.auditor).action_train()

    def test_managers_read_and_do_not_promote(self):
        for role in ("sales_manager", "workshop_manager", "store_manager"):
            version = self.version().with_user(self.user(role, self.store_a1))
            with self.subTest(role=role):
                self.assertTrue(version.read(["number"]))
                with self.assertRaises(AccessError):
                    version.action_promote()

    def test_the_saved_form_is_for_administrators_of_the_system(self):
        with self.assertRaises(AccessError):
            self.version().with_user(self.admin).read(["content"])

    def test_nobody_makes_the_version_of_another_group_champion(self):
        stranger = self.user("group_admin", self.store_b1)
        promotions = self.env["dms.learner.promotion"].with_user(stranger)
        with self.assertRaises(AccessError):
            promotions.create(
                {"version_id": self.version().id, "company_id": self.store_b1.id}
            )

    def test_what_a_group_learnt_is_read_in_all_its_stores(self):
        version = self.version(self.store_a1)
        sister = self.user("sales_manager", self.store_a2)
        self.assertTrue(version.with_user(sister).read(["number"]))

    def test_what_a_store_learnt_stays_there(self):
        version = self.version(self.store_a1, scope="store")
        sister = self.user("sales_manager", self.store_a2)
        with self.assertRaises(AccessError):
            version.with_user(sister).read(["number"])
