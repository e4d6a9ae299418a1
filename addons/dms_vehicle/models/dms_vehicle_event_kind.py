from odoo import api, fields, models, tools
from odoo.exceptions import UserError


class DmsVehicleEventKind(models.Model):
    """What can happen to a car; addons and dealers add their own as data."""

    _name = "dms.vehicle.event.kind"
    _description = "Kind of Vehicle Event"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        help="What the log and programs call it, for example vehicle.sold. It can "
        "never be changed.",
    )
    sequence = fields.Integer(default=100)
    icon = fields.Char(
        default="fa-circle-o",
        help="Name of an icon of Font Awesome 4, for example fa-truck.",
    )
    active = fields.Boolean(
        default=True,
        help="An archived kind is offered nowhere, but still recorded.",
    )
    public = fields.Boolean(
        "On the passport",
        default=True,
        help="The passport page shows events of this kind. The log, which everybody "
        "can read, holds all of them.",
    )
    help = fields.Text("Explanation", translate=True)

    _code_uniq = models.UniqueIndex("(code)", "Another kind of event has this code.")
    _code_form = models.Constraint(
        r"CHECK (code ~ '^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$')",
        "A code is written like vehicle.sold: small letters and dots.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if "code" in vals and any(kind.code != vals["code"] for kind in self):
            raise UserError(self.env._("The code of a kind of event is for ever."))
        return super().write(vals)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _by_code(self, code):
        """Return the kind of event that is called ``code``, archived or not.

        :raise ValueError: if there is none
        """
        return self.browse(self._id_of(code))

    @tools.ormcache("code")
    def _id_of(self, code):
        # which kinds there are is known to whoever records something
        kind = self.sudo().with_context(active_test=False).search([("code", "=", code)])
        if not kind:
            raise ValueError(f"{code} is no kind of vehicle event")
        return kind.id
