from odoo.tests import TransactionCase, tagged

from .isolation import company_models, dms_models


@tagged("post_install", "-at_install")
class TestModelRules(TransactionCase):
    """Every model of the suite is closed by default, whoever adds it."""

    def test_every_model_has_access_lines(self):
        access = self.env["ir.model.access"].search([("active", "=", True)])
        covered = set(access.model_id.mapped("model"))
        naked = sorted(set(dms_models(self.env)) - covered)
        self.assertFalse(naked, "Models without a line in ir.model.access.csv")

    def test_no_access_line_is_for_everybody(self):
        lines = self.env["ir.model.access"].search(
            [("model_id.model", "in", dms_models(self.env)), ("group_id", "=", False)]
        )
        self.assertFalse(lines.mapped("name"), "Access lines without a group")

    def test_every_model_of_stores_has_a_global_company_rule(self):
        open_models = [
            name
            for name in company_models(self.env)
            if not any(self._is_company_rule(rule) for rule in self._global_rules(name))
        ]
        self.assertFalse(open_models, "Models without a global rule on company_id")

    def test_the_store_of_a_record_is_stored_and_indexed(self):
        for name in company_models(self.env):
            field = self.env[name]._fields["company_id"]
            with self.subTest(model=name):
                self.assertTrue(field.store)
                self.assertTrue(field.index or not self.env[name]._auto)

    def _global_rules(self, model_name):
        return self.env["ir.rule"].search(
            [("model_id.model", "=", model_name), ("groups", "=", False)]
        )

    def _is_company_rule(self, rule):
        covers_all = (
            rule.perm_read and rule.perm_write and rule.perm_create and rule.perm_unlink
        )
        domain = (rule.domain_force or "").replace('"', "'")
        return covers_all and "'company_id" in domain
