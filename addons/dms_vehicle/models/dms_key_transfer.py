from odoo import api, fields, models

from ..keybox import arrival
from .dms_key_states import ARRIVALS


class DmsKeyItem(models.Model):
    """A key that goes with its car from store to store.

    Each store has its own record of it, and reads only that. What the one hands over
    the other is to take in; whether it did is all that the sender learns.
    """

    _name = "dms.key.item"
    _inherit = ["dms.key.item"]

    came_from_id = fields.Many2one(
        "dms.key.item",
        "Sent As",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        groups="base.group_system",
    )
    went_to_ids = fields.One2many(
        "dms.key.item",
        "came_from_id",
        "Taken In As",
        readonly=True,
        groups="base.group_system",
    )
    arrival = fields.Selection(
        ARRIVALS,
        "At the Other Store",
        compute="_compute_arrival",
        store=True,
        help="Whether the store that the car went to has taken this key in.",
    )

    @api.depends("move_ids.step", "went_to_ids.move_ids.step")
    def _compute_arrival(self):
        for key in self:
            last = key.move_ids.sorted("id")[-1:]
            if not last._dms_is_sent():
                key.arrival = False
                continue
            there = key.went_to_ids.move_ids.filtered(
                lambda move, last=last: move.id > last.id
            )
            key.arrival = arrival(there.mapped("step"))

    # Sent by the one store, to be taken in by the other

    def _dms_arrive(self, picking):
        """Have what was sent with these cars ready to be taken in, not typed again.

        :param picking: ``stock.picking`` by which the cars have come
        :return: the items of the store that receives them
        """
        here = self._dms_here(picking.company_id)
        for key, item in here.items():
            if item != key:
                item.came_from_id = key
        items = self.browse().concat(*here.values())
        items = items.filtered(lambda item: item._dms_is_away())
        items._step(
            "arrive", from_partner_id=picking.partner_id.id, picking_id=picking.id
        )
        return items

    def _dms_here(self, store):
        """:return: dict of these to the items of ``store`` for the same, made if new"""
        known = {item._dms_identity(): item for item in self._dms_known_in(store)}
        unknown = self.filtered(lambda key: key._dms_identity() not in known)
        new = self.create([key._dms_prepare_here(store) for key in unknown])
        known |= {item._dms_identity(): item for item in new}
        return {key: known[key._dms_identity()] for key in self}

    def _dms_known_in(self, store):
        return self.search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                ("company_id", "=", store.id),
                ("state", "!=", "lost"),
            ]
        )

    def _dms_identity(self):
        return self.vehicle_id, self.kind, self.label or ""

    def _dms_prepare_here(self, store):
        names = ("kind", "label", "valid_from", "valid_until")
        return {name: self[name] for name in names} | {
            "vehicle_id": self.vehicle_id.id,
            "company_id": store.id,
        }

    def _dms_is_away(self):
        """:return: whether it does not hang here, though somebody entered it by hand"""
        return self.state == "customer" or not self.move_ids

    # What did not arrive

    def _dms_tell_missing(self, note):
        """Tell the store that sent them, on its keys and on the transfer of both."""
        # both know of the transfer; more than this is not told of the other store
        for key in self.sudo():
            body = self.env._(
                "%(store)s: %(key)s did not arrive. %(note)s",
                store=key.company_id.name,
                key=key.display_name,
                note=note or "",
            )
            author = self.env.user.partner_id.id
            if key.came_from_id:
                key.came_from_id.message_post(body=body, author_id=author)
            for request in key._dms_transfer():
                managers = request._dms_manager_of(key._dms_sender(request))
                request._dms_tell(body, managers)

    def _dms_transfer(self):
        """:return: the transfer requests by which these came last, maybe none"""
        came = self.move_ids.filtered(lambda move: move.step == "arrive")
        moves = came.sorted("id")[-1:].picking_id.move_ids
        lines = self.env["dms.transfer.line"].search(
            [
                ("vehicle_id", "in", self.vehicle_id.ids),
                "|",
                ("purchase_line_id", "in", moves.purchase_line_id.ids),
                ("sale_line_id", "in", moves.sale_line_id.ids),
            ]
        )
        return lines.request_id

    def _dms_sender(self, request):
        return (request.company_id | request.giving_company_id) - self.company_id

    # Actions

    def action_take_in(self):
        """Hang up what has come with its car."""
        self.take_in()
        return True

    def action_miss(self):
        return self._action_step("miss")


class DmsKeyMove(models.Model):
    _name = "dms.key.move"
    _inherit = ["dms.key.move"]

    def _dms_is_sent(self):
        """:return: whether by this move a key left for another store"""
        is_transit = self.picking_id.location_dest_id.usage == "transit"
        return self.step == "hand_over" and is_transit
