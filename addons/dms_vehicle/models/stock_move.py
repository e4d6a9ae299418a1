from odoo import fields, models
from odoo.exceptions import UserError

from ..vin import normalise
from .dms_vehicle_states import HERE


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        cars = self.filtered("product_id.dms_is_vehicle")
        cars._dms_check_arrivals()
        cars._dms_check_certificates()
        cars._dms_check_pdi()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        (moves & cars)._dms_follow_cars()
        return moves

    def _dms_check_certificates(self):
        """Let no car go to a customer while its certificate is pledged."""
        leaving = self.filtered(lambda move: move.location_dest_id.usage == "customer")
        lots = leaving.move_line_ids.filtered("quantity").lot_id
        if lots:
            # who delivers need not read every car; another store's pledge counts too
            lots.sudo().dms_vehicle_ids._dms_check_certificates()

    # Reservation: the VIN on the sale order line is the one to deliver

    def _get_available_quantity(
        self,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        allow_negative=False,
    ):
        if not lot_id and self._dms_needs_vin():
            lot_id = self._dms_promised_lot()
            if not lot_id:
                return 0.0
        return super()._get_available_quantity(
            location_id, lot_id, package_id, owner_id, strict, allow_negative
        )

    def _update_reserved_quantity_vals(
        self,
        need,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=True,
    ):
        if not lot_id and self._dms_needs_vin():
            lot_id = self._dms_promised_lot()
            if not lot_id:
                return [], 0
        return super()._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict
        )

    def _dms_needs_vin(self):
        """:return: whether only one certain car may be reserved, never any equal one

        So it is for sold cars, which wait for their allocation, and for cars bought
        from another store, which wait for that store to ship them.
        """
        if not self.product_id.dms_is_vehicle or self.origin_returned_move_id:
            return False
        return bool(self.sale_line_id or self._dms_selling_order())

    def _dms_promised_lot(self):
        return self.sale_line_id.dms_vehicle_id.lot_id

    def _dms_selling_order(self):
        # the seller's order is out of the buyer's reach
        return self.purchase_line_id.order_id.sudo().dms_counterpart_sale_id

    # Arrivals

    def _dms_check_arrivals(self):
        """Refuse to receive a car that stands elsewhere, naming its holder.

        Of two stores that receive the same car at the same time, the second fails to
        write it, is retried by Odoo, and then sees here what the first has done.
        """
        lines = self.move_line_ids.filtered(
            lambda line: (
                line.location_id.usage in ("supplier", "inventory")
                and line.location_dest_id.usage == "internal"
            )
        )
        for line in lines.filtered("lot_name"):
            if line.lot_name != (vin := normalise(line.lot_name)):
                line.lot_name = vin
        vins = [line.lot_id.name or line.lot_name for line in lines]
        # another store's car is refused by name, and nothing else is shown
        vehicles = self.env["dms.vehicle"].sudo().with_context(active_test=False)
        for vehicle in vehicles.search([("vin", "in", list(filter(None, vins)))]):
            if vehicle.location_id.usage in ("internal", "transit"):
                raise UserError(vehicle._held_message())
        self._dms_check_shipped_by_store()

    def _dms_check_shipped_by_store(self):
        for move in self:
            sale = move._dms_selling_order()
            if sale and move.location_dest_id.usage == "internal":
                shipped = sale.picking_ids.move_ids.filtered(
                    lambda m: (
                        m.state == "done" and m.location_dest_id.usage == "transit"
                    )
                ).move_line_ids.lot_id
                move._dms_refuse_other_cars(shipped, sale)

    def _dms_refuse_other_cars(self, shipped, sale):
        lines = self.move_line_ids
        # serial numbers of the seller are compared, not read
        others = [
            name
            for line in lines
            if (name := line.lot_id.name or line.lot_name)
            and line.lot_id.sudo() not in shipped
        ]
        if others:
            raise UserError(
                self.env._(
                    "%(store)s has not shipped %(vins)s on its order %(order)s.",
                    store=sale.company_id.name,
                    vins=", ".join(others),
                    order=sale.name,
                )
            )

    # Values

    def _get_value_from_std_price(self, quantity, std_price=False, at_date=None):
        """Value cars without a bill by their own costs, not by that of the model."""
        if self.product_id.dms_is_vehicle and not std_price:
            lots = self.move_line_ids.lot_id.with_company(self.company_id)
            std_price = sum(lots.mapped("standard_price")) / (len(lots) or 1)
        return super()._get_value_from_std_price(quantity, std_price, at_date)

    def _update_orderpoints(self):
        """Ask for the rules of models that have any, once for moves of the same way."""
        # which models have rules is no secret
        rules = self.env["stock.warehouse.orderpoint"].sudo()
        ruled = rules.search([("product_id", "in", self.product_id.ids)]).product_id
        ways = self.filtered(lambda move: move.product_id in ruled).grouped(
            lambda move: (move.product_id, move.location_id, move.location_dest_id)
        )
        moves = self.concat(*(alike[:1] for alike in ways.values()))
        return super(StockMove, moves)._update_orderpoints()

    # Opening stock

    def _dms_open_stock(self):
        """Bring serial numbers in that were nowhere before, thousands at a time.

        What ``_action_done`` does besides, line by line and query by query, is to
        look for reservations, packages, push rules and quantities that are there
        already: these cars can have none.
        """
        now = fields.Datetime.now()
        self._check_company()
        # stock.quant.create would insert one by one
        models.BaseModel.create(
            self.env["stock.quant"].sudo(),
            [vals for line in self.move_line_ids for vals in line._dms_quant_vals(now)],
        )
        self.move_line_ids.write({"date": now})
        self.write({"state": "done", "date": now})
        self.product_id._update_standard_price()
        self._create_account_move()

    # Cars follow their moves

    def _dms_follow_cars(self):
        """Write on each car what its move proves: arrival, hand-over, return."""
        today = fields.Date.context_today(self)
        for move in self:
            # the car follows its move, whatever the role of who moves it
            vehicles = move.move_line_ids.lot_id.sudo().dms_vehicle_ids
            if vals := move._dms_vehicle_vals(today):
                vehicles.with_context(
                    tracking_disable=True, dms_follows_move=True
                ).write(vals)
            if move.location_dest_id.usage == "transit":
                move._dms_hand_over_to_store()
        self._dms_record_events()

    def _dms_vehicle_vals(self, today):
        target = self.location_dest_id.usage
        if self._dms_enters_store():
            vals = {
                "received_date": today,
                "delivered_date": False,
                "returned_date": False,
                "owner_id": False,
            }
            if self.purchase_line_id:
                vals["purchase_line_id"] = self.purchase_line_id.id
            return vals
        if target == "customer":
            partner = self.picking_id.partner_id.commercial_partner_id
            return {"delivered_date": today, "owner_id": partner.id}
        if target == "supplier":
            return {"returned_date": today}
        return {}

    def _dms_enters_store(self):
        source = self.location_id
        if self.location_dest_id.usage != "internal" or source.usage == "internal":
            return False
        return source.usage != "transit" or source.company_id != self.company_id

    def _dms_hand_over_to_store(self):
        """Put the VINs that left on the receipt of the store that bought them."""
        # the buyer's receipt is out of the seller's reach
        bought = self.sale_line_id.sudo().dms_counterpart_line_id.move_ids
        waiting = bought.filtered(lambda move: move.state not in ("done", "cancel"))
        for lot in self.move_line_ids.lot_id if waiting else []:
            move = waiting.filtered(lambda m: m.quantity < m.product_uom_qty)[:1]
            move._update_reserved_quantity(1, move.location_id, lot_id=lot)
            move._recompute_state()

    # What the log tells of moves

    def _dms_record_events(self):
        for code, moves in self.grouped(lambda move: move._dms_event_code()).items():
            if code:
                moves._dms_record_step(code)

    def _dms_event_code(self):
        """:return: kind of event that this move is for its cars, False for none"""
        source, target = self.location_id.usage, self.location_dest_id.usage
        if self._dms_enters_store():
            is_back = source == "customer"
            return "vehicle.returned" if is_back else "vehicle.received"
        if target == "customer":
            return "vehicle.delivered"
        if target == "supplier":
            return "vehicle.returned"
        return source in HERE and target in HERE and "vehicle.moved"

    def _dms_record_step(self, code):
        # cars on their way to another store are no longer those of this one
        moves = {
            car: move
            for move in self.sudo()
            for car in move.move_line_ids.lot_id.dms_vehicle_ids
        }
        cars = self.env["dms.vehicle"].sudo().concat(*moves)
        about = {"document": lambda car: moves[car].picking_id or moves[car]}
        facts = {"facts": lambda car: moves[car]._dms_event_facts()}
        if code != "vehicle.delivered":
            return cars._dms_record(code, **about, **facts)
        about["person"] = lambda car: car.owner_id
        cars._dms_record(code, **about)
        return cars._dms_record("vehicle.ownership", **about)

    def _dms_event_facts(self):
        """:return: from or to whom the car went, where that is no private person"""
        source, target = self.location_id.usage, self.location_dest_id.usage
        if source == "customer":
            return {"from": "customer"}
        if target == "supplier":
            return {"to": "manufacturer"}
        other = self._dms_other_store() if "transit" in (source, target) else False
        if not other:
            return {}
        side = "from_store" if source == "transit" else "to_store"
        return {side: self.env["dms.log.entry"]._store_code(other)}

    def _dms_other_store(self):
        partner = self.picking_id.partner_id.commercial_partner_id
        return partner.ref_company_ids - self.company_id
