from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DmsStaffChange(models.TransientModel):
    _name = "dms.staff.change"
    _description = "Add or Change Staff"

    user_id = fields.Many2one("res.users", ondelete="cascade")
    name = fields.Char(string="Staff name", required=True)
    login = fields.Char(
        required=True,
        help="The name to log in with: an e-mail address, or a mobile number.",
    )
    email = fields.Char(string="E-mail")
    phone = fields.Char(compute="_compute_from_user", store=True, readonly=False)
    active = fields.Boolean(
        string="May log in",
        default=True,
        help="Untick when someone leaves. What he did stays in the records.",
    )
    company_ids = fields.Many2many(
        "res.company",
        string="Stores",
    )
    role_ids = fields.Many2many(
        "res.groups",
        string="Roles",
        help="Someone with two jobs gets two roles.",
    )
    password = fields.Char(
        string="New password",
        copy=False,
        help="Empty: the password stays, and a new user gets an invitation by e-mail.",
    )
    is_integrator = fields.Boolean(compute="_compute_is_integrator")

    @api.depends("user_id")
    def _compute_is_integrator(self):
        for wizard in self:
            wizard.is_integrator = bool(
                wizard.user_id and wizard.user_id._is_dms_integrator()
            )

    @api.model
    def default_get(self, fields):
        defaults = super().default_get(fields)
        known = self._take_over(defaults.get("user_id"))
        return defaults | {name: known[name] for name in known.keys() & set(fields)}

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(
            [self._take_over(vals.get("user_id")) | vals for vals in vals_list]
        )

    @api.model
    def _take_over(self, user_id):
        """Return what the wizard starts with for this user."""
        user = self.env["res.users"].browse(user_id)
        if not user:
            return {}
        names = ["name", "login", "email", "phone", "active", "company_ids"]
        return user._convert_to_write({name: user[name] for name in names}) | {
            "role_ids": [Command.set(user.dms_role_ids.ids)]
        }

    def action_apply(self):
        """Create or change the user, on behalf of the current user.

        :raise AccessError: if the current user may not do so
        """
        self.ensure_one()
        save = self.user_id._dms_change_staff if self.user_id else self._create_staff
        self.user_id = save(
            self._prepare_staff(), self.company_ids, self.role_ids, self.password
        )
        # Passwords must not stay in the table of the wizard.
        self.password = False
        return {"type": "ir.actions.act_window_close"}

    def action_send_password_link(self):
        """Send the user a link by which he sets his password himself."""
        self.ensure_one()
        self._check_user()
        return self.user_id._dms_service().action_reset_password()

    def action_issue_api_key(self):
        """Make an API key for an integrator and show it, once.

        Integrators cannot log in, so they cannot make their keys themselves.
        """
        self.ensure_one()
        self._check_user()
        if not self.is_integrator:
            raise UserError(
                self.env._("Only integrators get a key here. Others make their own.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("API key"),
            "res_model": "res.users.apikeys.show",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_key": self._generate_api_key()},
        }

    def _generate_api_key(self):
        integrator = self.env["res.users.apikeys"].with_user(self.user_id).sudo()
        days = self.env.ref("dms_base.group_dms_integrator").sudo().api_key_duration
        expiry = fields.Datetime.add(fields.Datetime.now(), days=int(days))
        return integrator._generate(None, self.name, expiry)

    def _check_user(self):
        if not self.user_id:
            raise UserError(self.env._("Save the new user first."))
        self.env.user._dms_check_manages_staff(self.user_id)

    def _create_staff(self, *args):
        return self.env["res.users"]._dms_create_staff(*args)

    def _prepare_staff(self):
        return {
            name: self[name] for name in ("name", "login", "email", "phone", "active")
        }
