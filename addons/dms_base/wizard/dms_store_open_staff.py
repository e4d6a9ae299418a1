from odoo import fields, models


class DmsStoreOpenStaff(models.TransientModel):
    _name = "dms.store.open.staff"
    _description = "Staff of a New Store"

    wizard_id = fields.Many2one(
        "dms.store.open", required=True, index=True, ondelete="cascade"
    )
    name = fields.Char(string="Staff name", required=True)
    login = fields.Char(
        required=True,
        help="The name to log in with: an e-mail address, or a mobile number.",
    )
    email = fields.Char(string="E-mail")
    role_ids = fields.Many2many("res.groups", string="Roles")
    password = fields.Char(
        string="First password",
        copy=False,
        help="Empty: the user gets an invitation by e-mail.",
    )

    def _create_users(self, store):
        """Create the users and return them."""
        users = self.env["res.users"]
        for line in self:
            vals = {"name": line.name, "login": line.login, "email": line.email}
            users |= users._dms_create_staff(vals, store, line.role_ids, line.password)
        self.password = False
        return users
