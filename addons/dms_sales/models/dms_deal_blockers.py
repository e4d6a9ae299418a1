from odoo import models


class DmsDeal(models.Model):
    _name = "dms.deal"
    _inherit = ["dms.deal", "dms.blockers.mixin"]

    def _dms_blockers(self):
        missing = super()._dms_blockers()
        if self.state in ("delivered", "cancelled"):
            return missing
        if not self.car_line_id:
            text = self.env._("No offer names a car yet.")
            missing.append(self._dms_blocker("no_offer", text, self.user_id))
        elif self.state == "ordered" and not self.vehicle_id:
            missing.append(self._dms_blocker_no_car())
        return missing

    def _dms_blocker_no_car(self):
        who = self.env.ref("dms_base.group_dms_sales_manager")
        text = self.env._("The order has no VIN yet: choose the car, or ask for one.")
        return self._dms_blocker("no_car", text, who, self.order_id)
