from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.addons.base.models.res_partner import ResPartner

from ..learners import Examples, Mean, Share, Table
from .common import DmsCommon

START = datetime(2026, 1, 1)


class Threshold(Share):
    """Learns nothing and says what the column ``hint`` says."""

    code = "threshold"

    def fit(self, table, target):
        return Said(0.5)

    @classmethod
    def load(cls, state):
        return Said(state["value"])


class Said(Mean):
    code = "threshold"

    def predict(self, table):
        return [float(hint) for hint in table.column("hint")]


def partner_examples(self, stores, since):
    """Return what the contacts of the stores tell: the hint is right."""
    partners = self.search([("company_id", "in", stores.ids)], order="id")
    came = [float(partner.color) for partner in partners]
    return Examples(
        Table({"hint": came}),
        came,
        [START + timedelta(hours=partner.id) for partner in partners],
        {"odoo": [0.5] * len(came)},
    )


class LearnerCommon(DmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(
            patch.object(
                ResPartner, "_dms_examples_test", partner_examples, create=True
            )
        )
        cls.startClassPatcher(
            patch.object(
                cls.env.registry["dms.learner"],
                "_dms_cores",
                lambda self: {"share": Share, "threshold": Threshold},
            )
        )
        cls.learner = cls.env["dms.learner"].create(
            {
                "code": "test",
                "name": "Test learner",
                "core": "threshold",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "method": "test",
                "min_examples": 20,
            }
        )
        cls.admin = cls.user("group_admin", cls.store_a1)
        cls.auditor = cls.user("auditor", cls.store_a1)

    @classmethod
    def contacts(cls, store, count=40):
        """Create contacts of a store, every second of them with the colour 1."""
        cls.env["res.partner"].create(
            [
                {"name": f"Contact {n}", "company_id": store.id, "color": n % 2}
                for n in range(count)
            ]
        )

    @classmethod
    def train(cls, store=None, scope="group"):
        """Let the learner learn; return the training when it is over."""
        training = cls.env["dms.learner.training"].create(
            {
                "learner_id": cls.learner.id,
                "company_id": (store or cls.store_a1).id,
                "scope": scope,
            }
        )
        training._train_safely()
        return training

    @classmethod
    def version(cls, store=None, scope="group", value=0.5):
        """Return a version that nobody promoted."""
        return cls.env["dms.learner.version"]._dms_record(
            cls.learner,
            Mean(value),
            company_id=(store or cls.store_a1).id,
            scope=scope,
            data_hash="0" * 64,
        )

    @classmethod
    def champion(cls, store):
        return cls.env["dms.learner"]._dms_champion("test", store)
