"""Keys in the cabinet, and who gives them out."""

from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES

from .gate_common import GateCommon, standing_car


class KeyCommon(GateCommon):
    """CLERK keeps the cabinet of A1; BEARER takes keys out of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.user("parts_clerk", cls.store_a1)
        cls.bearer = cls.consultant.partner_id

    @classmethod
    def keys_of(cls, car, kinds=("key1", "key2"), user=None):
        """Return new keys of a car that hang in the cabinet."""
        items = cls.by(user or cls.clerk, cls.env["dms.key.item"])
        return items._dms_make(car, kinds)

    @classmethod
    def key(cls, car=None, **vals):
        items = cls.by(cls.clerk, cls.env["dms.key.item"])
        car = car or cls.receive(cls.store_a1)
        return items.create({"vehicle_id": car.id, "kind": "key1", **vals})

    @classmethod
    def taken(cls, key=None, **vals):
        key = key or cls.key()
        key.take(cls.bearer, **vals)
        return key


def _item(case, store):
    car = standing_car(case, store)
    return car.env["dms.key.item"].create(
        {"vehicle_id": car.id, "company_id": store.id, "kind": "key1"}
    )


def _move(case, store):
    return _item(case, store).take(store.partner_id)


ISOLATION_FACTORIES |= {"dms.key.item": _item, "dms.key.move": _move}
