from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.fields import Command, Domain


class ResUsers(models.Model):
    _inherit = "res.users"

    dms_role_ids = fields.Many2many(
        "res.groups", string="Roles", compute="_compute_dms_role_ids"
    )

    @api.depends("group_ids")
    def _compute_dms_role_ids(self):
        roles = self.env["res.groups"]._dms_roles()
        for user in self:
            user.dms_role_ids = user.group_ids & roles

    # Group admins get no access right on this model. They go through the private
    # methods below, which check first and then write a fixed set of fields as sudo.

    def _dms_managed_groups(self):
        """Return the dealer groups whose stores and staff this user manages.

        A system administrator manages all, a group admin those of his own stores.
        """
        self.ensure_one()
        user = self.sudo().with_context(active_test=False)
        if user._is_system():
            return user.env["dms.group"].search(Domain.TRUE)
        if not user._has_group("dms_base.group_dms_group_admin"):
            return user.env["dms.group"]
        return user.company_ids.dms_group_id

    def _dms_managed_stores(self):
        groups = self._dms_managed_groups()
        return groups.with_context(active_test=False).company_ids

    def _dms_check_manages_groups(self, groups):
        """Raise AccessError unless this user manages all of ``groups``."""
        if groups.sudo() - self._dms_managed_groups():
            raise AccessError(
                self.env._("You do not manage this dealer group. Ask its group admin.")
            )

    def _dms_check_manages_stores(self, stores):
        """Raise AccessError unless this user manages all of ``stores``."""
        if stores.sudo() - self._dms_managed_stores():
            raise AccessError(self.env._("You do not manage all stores this is about."))

    def _dms_check_may_grant(self, roles):
        """Raise AccessError unless this user may hand out all of ``roles``."""
        self.ensure_one()
        refused = roles.sudo() - self.env["res.groups"]._dms_roles()
        if refused or not self._dms_managed_groups():
            raise AccessError(
                self.env._(
                    "You cannot hand out these rights: %(roles)s.",
                    roles=", ".join((refused or roles.sudo()).mapped("full_name")),
                )
            )

    def _dms_check_manages_staff(self, staff):
        """Raise AccessError unless this user may change all users of ``staff``.

        Whoever sets a password can act as that user. So a group admin changes
        nobody who works for another dealer group or whose rights go beyond what
        the group admin has or can hand out.
        """
        self.ensure_one()
        if self._is_system():
            return
        ceiling = self._dms_right_ceiling()
        for member in staff.sudo().with_context(active_test=False):
            self._dms_check_manages_stores(member.company_ids)
            beyond = member.all_group_ids - ceiling
            if member.share or beyond:
                raise AccessError(
                    self.env._(
                        "Only a system administrator can change the user %(user)s.",
                        user=member.name,
                    )
                )

    def _dms_right_ceiling(self):
        """Return the groups that users managed by this user may have."""
        groups = self.env["res.groups"].sudo()
        for xmlid in self._dms_harmless_groups():
            groups |= self.env.ref(xmlid).sudo()
        groups |= self.sudo().group_ids | self.sudo()._default_groups()
        groups |= groups._dms_roles()
        return groups.all_implied_ids - groups._dms_system_groups()

    @api.model
    def _dms_harmless_groups(self):
        """Return the xmlids of groups that Odoo itself adds to plain users."""
        return [
            "base.group_multi_company",
            "mail.group_mail_notification_type_inbox",
        ]

    @api.model
    def _dms_staff_fields(self):
        """Return the fields of a user that a group admin sets."""
        return {"name", "login", "email", "phone", "active"}

    @api.model
    def _dms_create_staff(self, vals, stores, roles, password=None):
        """Create a user on behalf of the current user, after checking his rights.

        :param dict vals: values of ``_dms_staff_fields``
        :param stores: res.company records the new user works in
        :param roles: res.groups records, see ``res.groups._dms_roles``
        :param password: first password; without one an invitation goes out by mail
        :raise AccessError: if the current user may not create such a user
        """
        self.env.user._dms_check_manages_stores(stores)
        self.env.user._dms_check_may_grant(roles)
        self._dms_check_login_free(vals["login"])
        service = self._dms_service().with_context(no_reset_password=bool(password))
        vals = service._dms_prepare_staff(vals, stores, roles)
        # Set here, not left to defaults: anyone may store defaults of his own.
        partner = service.env["res.partner"].create(
            {"name": vals["name"], "company_id": False, "parent_id": False}
        )
        staff = service.create(vals | {"partner_id": partner.id})
        return staff._dms_finish_staff(password)

    def _dms_change_staff(self, vals, stores, roles, password=None):
        """Change one user on behalf of the current user, after checking his rights.

        :param dict vals: values of ``_dms_staff_fields``
        :param stores: res.company records the user works in from now on
        :param roles: res.groups records, see ``res.groups._dms_roles``
        :param password: new password, if it is to change
        :raise AccessError: if the current user may not do so
        """
        self.ensure_one()
        self.env.user._dms_check_manages_staff(self)
        self.env.user._dms_check_manages_stores(stores)
        self.env.user._dms_check_may_grant(roles)
        self._dms_check_login_free(vals["login"])
        staff = self._dms_service()
        staff.write(staff._dms_prepare_staff(vals, stores, roles))
        return staff._dms_finish_staff(password)

    def _dms_finish_staff(self, password):
        if password:
            self._change_password(password)
        # Once more on the result: whatever else reacted to the change, nobody in
        # the group may end up above its admin.
        self.env.user._dms_check_manages_staff(self)
        return self.sudo(False)

    def _dms_prepare_staff(self, vals, stores, roles):
        if not stores:
            raise UserError(self.env._("Choose at least one store."))
        kept = self.group_ids if self else self._default_groups()
        groups = kept - kept._dms_roles() | roles
        groups = self._dms_with_staff(groups, roles)
        home = self.company_id if self.company_id in stores else stores[0]
        return {name: vals[name] for name in self._dms_staff_fields() & set(vals)} | {
            "company_ids": [Command.set(stores.ids)],
            "company_id": home.id,
            "group_ids": [Command.set(groups.ids)],
        }

    def _dms_with_staff(self, groups, roles):
        """Add dealer staff; who is a gate guard and nothing else is none."""
        staff = self.env.ref("dms_base.group_dms_user")
        if roles and roles == self.env.ref("dms_base.group_dms_gate_guard"):
            return groups.filtered(lambda group: staff not in group.all_implied_ids)
        return groups | staff

    def _is_dms_guard_only(self):
        """Tell whether this user guards a gate and has no other role."""
        is_guard = self._has_group("dms_base.group_dms_gate_guard")
        return is_guard and not self._has_group("dms_base.group_dms_user")

    def _dms_check_login_free(self, login):
        others = self.sudo().with_context(active_test=False)
        if others.search_count([("login", "=", login), ("id", "not in", self.ids)]):
            raise UserError(
                self.env._("Another user already has the login %(login)s.", login=login)
            )

    def _dms_service(self):
        """Return self as sudo, without the caller's context."""
        kept = ("lang", "tz", "no_reset_password", "tracking_disable")
        context = {key: v for key, v in self.env.context.items() if key in kept}
        context["allowed_company_ids"] = self.env.user.company_id.ids
        return self.with_context(context).sudo()

    def action_dms_change_staff(self):
        """Open the wizard by which a group admin changes this user."""
        self.ensure_one()
        self.env.user._dms_check_manages_staff(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.dms_staff_change_action"
        )
        return action | {"context": {"default_user_id": self.id}}

    def _dms_may_reveal(self):
        """Tell whether this user may see encrypted values in clear."""
        return self._has_group("dms_base.group_dms_reveal")

    # ------------------------------------------------------------
    # Audit
    # ------------------------------------------------------------

    def _login(self, credential, user_agent_env):
        try:
            info = super()._login(credential, user_agent_env)
        except AccessDenied:
            self._dms_note_failed_login(credential.get("login"))
            raise
        user = self.env["res.users"].browse(info["uid"])
        entries = self.env["dms.audit.entry"].with_user(user)
        entries._note("login", user, {"method": info.get("auth_method")})
        return info

    def _dms_note_failed_login(self, login):
        # In a transaction of its own: the one of the request is rolled back.
        with self.env.registry.cursor() as cr:
            users = self.with_env(self.env(cr=cr, user=SUPERUSER_ID, su=True))
            known = users.with_context(active_test=False).search(
                [("login", "=", login)], limit=1
            )
            name = str(login)[:64]
            users.env["dms.audit.entry"]._note("login_failed", known, {"login": name})

    # ------------------------------------------------------------
    # Integrators
    # ------------------------------------------------------------

    def _is_dms_integrator(self):
        return self._has_group("dms_base.group_dms_integrator")

    def _rpc_api_keys_only(self):
        return self._is_dms_integrator() or super()._rpc_api_keys_only()

    def _check_credentials(self, credential, env):
        if (env or {}).get("interactive", True) and self.env.user._is_dms_integrator():
            raise AccessDenied(
                self.env._("This account is for programs. It cannot log in here.")
            )
        return super()._check_credentials(credential, env)

    def _session_token_get_values(self):
        # No token means no browser session, whichever way it was opened.
        if self.sudo()._is_dms_integrator():
            return False
        return super()._session_token_get_values()
