from odoo import models

CAR = "dms.vehicle"


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _inaccessible_comodel_records(self, model_and_ids, operation):
        """Files at a car are the store's: its owner reads the car, not them."""
        if self.env.su or not self.env.user.share:
            yield from super()._inaccessible_comodel_records(model_and_ids, operation)
            return
        others = {name: ids for name, ids in model_and_ids.items() if name != CAR}
        yield from super()._inaccessible_comodel_records(others, operation)
        cars = {CAR: model_and_ids.get(CAR, ())}
        yield from super()._inaccessible_comodel_records(cars, "write")
