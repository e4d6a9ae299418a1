from ..risk import Finding
from .common import ISOLATION_FACTORIES, DmsCommon

ROLE = "dms_base.group_dms_store_manager"


def make_rule(env, **vals):
    """Return a rule on contacts; without more it raises one for each."""
    defaults = {
        "code": "test.rule",
        "name": "Test rule",
        "model_id": env["ir.model"]._get_id("res.partner"),
        "domain": "[('ref', '=', 'SUSPECT')]",
        "owner_group_id": env.ref(ROLE).id,
    }
    return env["dms.risk.rule"].create(defaults | vals)


def make_alert(rule, store, key="", **values):
    """Return an alert about the contact of a store."""
    partner = store.partner_id
    finding = Finding(
        (partner._name, partner.id), partner.name, store.id, key=key, **values
    )
    return rule.env["dms.risk.alert"]._raise(rule, [finding])


def _alert(case, store):
    rules = case.env["dms.risk.rule"].sudo()
    rule = rules.search([("code", "=", "isolation")]) or make_rule(
        rules.env, code="isolation"
    )
    return make_alert(rule, store)


ISOLATION_FACTORIES["dms.risk.alert"] = _alert


class RiskCommon(DmsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls.user("store_manager", cls.store_a1)
        cls.rule = make_rule(cls.env)

    @classmethod
    def suspects(cls, count=1, **vals):
        """Return contacts that the rule is for, in store A1."""
        defaults = {"ref": "SUSPECT", "company_id": cls.store_a1.id}
        return cls.env["res.partner"].create(
            [{"name": f"Suspect {n}"} | defaults | vals for n in range(count)]
        )

    @classmethod
    def evaluate(cls, records):
        return cls.env["dms.risk.rule"]._dms_evaluate(records)

    @classmethod
    def alert(cls, store=None, **values):
        return make_alert(cls.rule, store or cls.store_a1, **values)
