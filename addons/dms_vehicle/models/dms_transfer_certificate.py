from odoo import models
from odoo.exceptions import UserError


class StockMove(models.Model):
    _name = "stock.move"
    _inherit = ["stock.move"]

    def _dms_check_certificates(self):
        """Let no car go to a sister store, either, while a bank has a right in it."""
        transit = self.env.ref("stock.stock_location_inter_company")
        leaving = self.filtered(lambda move: move.location_dest_id == transit)
        lots = leaving.move_line_ids.filtered("quantity").lot_id
        if lots:
            # who ships need not read every certificate
            lots.sudo().dms_vehicle_ids._dms_check_not_pledged()
        return super()._dms_check_certificates()


class DmsVehicle(models.Model):
    _name = "dms.vehicle"
    _inherit = ["dms.vehicle"]

    def _dms_check_not_pledged(self):
        papers = self.env["dms.certificate"].search(
            [("vehicle_id", "in", self.ids), ("lender_id", "!=", False)]
        )
        for paper in papers:
            raise UserError(
                self.env._(
                    "VIN %(vin)s cannot go to another store: its certificate %(number)s"
                    " is pledged to %(bank)s since %(since)s. Request its release under"
                    " Vehicles > Certificates and wait for the bank's decision.",
                    vin=paper.vin,
                    number=paper.number,
                    bank=paper.lender_id.name,
                    since=paper.pledged_since,
                )
            )


class DmsTransferRequest(models.Model):
    _name = "dms.transfer.request"
    _inherit = ["dms.transfer.request"]

    def _dms_pledged_cars(self):
        states = ("pledged", "borrowed", "release_requested")
        return self.line_ids.vehicle_id.filtered(
            lambda car: car.certificate_state in states
        )

    def _dms_pledged_warning(self, cars):
        return self.env._(
            "The certificate is pledged: %(vins)s. Such a car is not shipped before the"
            " bank has released it; request the release now.",
            vins=", ".join(cars.mapped("vin")),
        )
