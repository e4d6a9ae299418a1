"""What the isolation test needs to know about models it has never seen."""

import itertools
from datetime import date, datetime

from odoo.fields import Command

from .common import ISOLATION_FACTORIES

MARKER = "Isolation"
MAX_DEPTH = 5

_numbers = itertools.count(1)


def dms_models(env):
    """Return the names of the models that the suite's addons define."""
    return sorted(
        name
        for name, model in env.registry.items()
        if model._original_module.startswith("dms_") and not model._abstract
    )


def company_models(env):
    """Return the names of the models whose records belong to a store."""
    return [
        name
        for name in dms_models(env)
        if not env.registry[name]._transient
        and (field := env[name]._fields.get("company_id"))
        and field.store
        and field.comodel_name == "res.company"
    ]


def owned_models(env):
    """Return the models without a store of their own whose parent has one.

    :return: dict of model name to the required many2one that leads to the parent
    """
    with_store = set(company_models(env))
    owned = {}
    for name in dms_models(env):
        if name in with_store or env.registry[name]._transient:
            continue
        for field in env[name]._fields.values():
            if (
                field.type == "many2one"
                and field.required
                and field.store
                and field.comodel_name in with_store
            ):
                owned[name] = field.name
                break
    return owned


class RecordMaker:
    """Makes a record of any model by filling its required fields."""

    def __init__(self, case, store):
        self.case = case
        self.store = store
        self.env = case.env(
            context=dict(case.env.context, allowed_company_ids=store.ids)
        )

    def make(self, model_name, depth=0):
        if model_name in ISOLATION_FACTORIES:
            return ISOLATION_FACTORIES[model_name](self.case, self.store)
        if depth > MAX_DEPTH:
            raise ValueError(f"{model_name} needs too many other records")
        model = self.env[model_name].sudo()
        return model.create(self._prepare(model, depth))

    def _prepare(self, model, depth):
        names = [name for name in model._fields if self._wants_value(model, name)]
        defaults = model.default_get(names)
        vals = {
            name: self._value(model._fields[name], depth)
            for name in names
            if not defaults.get(name)
        }
        vals = {name: value for name, value in vals.items() if value is not None}
        return vals

    def _wants_value(self, model, name):
        field = model._fields[name]
        if name == "company_id" and field.comodel_name == "res.company":
            return field.store and not field.related
        return (
            field.store
            and field.required
            and not field.related
            and (not field.compute or not field.readonly)
            and not field.precompute
            and not field.inherited
            and name not in model._inherits.values()
        )

    def _value(self, field, depth):
        maker = getattr(self, f"_value_{field.type}", None)
        return maker(field, depth) if maker else None

    def _value_many2one(self, field, depth):
        if field.comodel_name == "res.company":
            return self.store.id
        if field.comodel_name == "res.users":
            return self.case.user("dms_user", self.store).id
        comodel = self.env[field.comodel_name].sudo()
        if not field.comodel_name.startswith("dms."):
            own = self._company_domain(comodel)
            found = comodel.search(own, limit=1, order="id")
            if found:
                return found.id
        return self.make(field.comodel_name, depth + 1).id

    def _company_domain(self, comodel):
        if "company_id" not in comodel._fields:
            return []
        return [("company_id", "in", [self.store.id, False])]

    def _value_many2many(self, field, depth):
        return [Command.set([self._value_many2one(field, depth)])]

    def _value_selection(self, field, depth):
        return next(iter(field.get_values(self.env)), None)

    def _value_char(self, field, depth):
        return f"{MARKER} {next(_numbers):06}"[-(field.size or 99) :]

    _value_text = _value_html = _value_char

    def _value_integer(self, field, depth):
        return next(_numbers)

    _value_float = _value_monetary = _value_integer

    def _value_boolean(self, field, depth):
        return True

    def _value_date(self, field, depth):
        return date(2026, 1, 1)

    def _value_datetime(self, field, depth):
        return datetime(2026, 1, 1, 8)

    def _value_reference(self, field, depth):
        model_name = field.get_values(self.env)[0]
        return f"{model_name},{self.make(model_name, depth + 1).id}"
