"""Allocations that rows about cars name."""

from odoo.fields import Domain


class Promises:
    """The allocations of a store that some rows name, read by one query.

    :ivar given: VINs of the rows so far, by number of the allocation
    """

    def __init__(self, env, company, rows):
        """:param rows: pairs of VIN and number of the allocation, if there is one"""
        self.env = env
        rows = [(vin, name) for vin, name in rows if name]
        self.given = {}
        # who announces cars need not read allocations; those of the store are found
        allocations = env(su=True)["dms.allocation"]
        named = Domain("reference", "in", [name for _vin, name in rows])
        of_cars = Domain("vehicle_id.vin", "in", [vin for vin, _name in rows])
        domain = Domain("company_id", "=", company.id) & (named | of_cars)
        found = allocations.search(domain) if rows else allocations
        self.by_name = {one.reference: one for one in found}
        self.by_vin = {one.vehicle_id.vin: one for one in found if one.vehicle_id}

    def refusal(self, name, product, vin):
        """:return: why this car is not the one of an allocation, False if it is"""
        if not name:
            return False
        promise = self.by_name.get(name)
        if not promise:
            return self.env._("This store has no allocation %(name)s.", name=name)
        refusal = promise._dms_refuse_product(product) or promise._dms_refuse_vin(vin)
        return refusal or self._twice(promise, vin)

    def _twice(self, promise, vin):
        """One allocation is one car, also within one message."""
        other = self.by_vin.get(vin, promise)
        if other != promise:
            return self.env._(
                "VIN %(vin)s belongs to allocation %(name)s already.",
                vin=vin,
                name=other.reference,
            )
        if self.given.setdefault(promise.reference, vin) != vin:
            return self.env._(
                "Allocation %(name)s is listed twice.", name=promise.reference
            )
        return False

    def fulfil(self, name, car):
        """Note which car has come for an allocation, if the row names one."""
        if name:
            self.by_name[name]._dms_fulfil(car)
