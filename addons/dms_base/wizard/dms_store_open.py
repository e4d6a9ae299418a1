from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command


class DmsStoreOpen(models.TransientModel):
    _name = "dms.store.open"
    _description = "Open a Store"
    _inherit = ["dms.store.details"]

    dms_group_id = fields.Many2one(
        "dms.group",
        string="Dealer group",
        required=True,
        default=lambda self: self._default_dms_group_id(),
    )
    name = fields.Char(
        string="Store name",
        required=True,
        help="Legal name of the store, as on its business licence.",
    )
    vat = fields.Char(string="Tax ID", help="Unified social credit code.")
    country_id = fields.Many2one(
        "res.country",
        required=True,
        default=lambda self: self.env.company.country_id or self.env.ref("base.cn"),
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        compute="_compute_currency_id",
        precompute=True,
        store=True,
        readonly=False,
    )
    chart_template = fields.Selection(
        selection="_selection_chart_template",
        string="Chart of accounts",
        compute="_compute_chart_template",
        store=True,
        readonly=False,
        help="Accounts, taxes and journals the store starts with.",
    )
    warehouse_code = fields.Char(
        size=5,
        required=True,
        compute="_compute_warehouse_code",
        precompute=True,
        store=True,
        readonly=False,
        help="Prefix of the store's stock documents, at most five characters.",
    )
    staff_ids = fields.One2many("dms.store.open.staff", "wizard_id")

    @api.model
    def _default_dms_group_id(self):
        groups = self.env.user._dms_managed_groups()
        return groups if len(groups) == 1 else self.env.company.dms_group_id & groups

    @api.model
    def _installed_charts(self):
        charts = self.env["account.chart.template"]._get_chart_template_mapping()
        return {code: chart for code, chart in charts.items() if chart["installed"]}

    @api.model
    def _selection_chart_template(self):
        return [
            (code, chart["name"]) for code, chart in self._installed_charts().items()
        ]

    @api.depends("country_id")
    def _compute_currency_id(self):
        for wizard in self:
            wizard.currency_id = (
                wizard.country_id.currency_id or self.env.company.currency_id
            )

    @api.depends("country_id")
    def _compute_chart_template(self):
        charts = self._installed_charts()
        for wizard in self:
            country = wizard.country_id.id
            wizard.chart_template = next(
                (
                    code
                    for code, chart in charts.items()
                    if chart["country_id"] == country
                ),
                "generic_coa" if "generic_coa" in charts else False,
            )

    @api.depends("dms_store_code")
    def _compute_warehouse_code(self):
        for wizard in self:
            wizard.warehouse_code = (wizard.dms_store_code or "")[:5]

    def action_open(self):
        """Open the store on behalf of the current user; all of it or nothing.

        :return: the action that shows the new store, also in ``company_id``
        :raise AccessError: if the current user does not manage the dealer group
        :raise UserError: if the name, the code or a login is taken, or the chart of
            accounts is missing
        """
        self.ensure_one()
        self.env.user._dms_check_manages_groups(self.dms_group_id)
        self._check_can_open()
        with self.env.cr.savepoint():
            self.company_id = self._open_store()
            self.staff_ids._create_users(self.company_id)
        return self._action_show_store()

    def _open_store(self):
        """Create the company and everything it needs; return it as sudo."""
        service = self.env.user._dms_service().env
        store = self._create_company(service)
        self._grant_managers(store)
        self._load_chart(store)
        self._create_warehouse(store)
        self._create_sequences(store)
        return store

    def _check_can_open(self):
        companies = self.env["res.company"].sudo().with_context(active_test=False)
        if companies.search_count([("name", "=", self.name)]):
            raise UserError(
                self.env._("A company named %(name)s already exists.", name=self.name)
            )
        same_code = [
            ("dms_group_id", "=", self.dms_group_id.id),
            ("dms_store_code", "=", self.dms_store_code),
        ]
        if companies.search_count(same_code):
            raise UserError(
                self.env._(
                    "The dealer group already has a store with the code %(code)s.",
                    code=self.dms_store_code,
                )
            )
        if self.chart_template not in self._installed_charts():
            raise UserError(
                self.env._(
                    "No chart of accounts is installed for this country. Ask a system "
                    "administrator to install its accounting package."
                )
            )

    def _create_company(self, service):
        # This context keeps Odoo from installing country packages by itself, which
        # would commit half a store.
        companies = service["res.company"].with_context(chart_template_load=True)
        store = companies.create(self._prepare_company())
        return store.with_env(service)

    def _prepare_company(self):
        return self._prepare_details() | {
            "name": self.name,
            "vat": self.vat,
            "dms_group_id": self.dms_group_id.id,
            "country_id": self.country_id.id,
            "currency_id": self.currency_id.id,
            # Set here, not left to defaults: anyone may store defaults of his own.
            "parent_id": False,
            "user_ids": False,
        }

    def _grant_managers(self, store):
        """Let the group admins of the dealer group work in the new store."""
        role = store.env.ref("dms_base.group_dms_group_admin")
        admins = store.env["res.users"].search(
            [
                ("all_group_ids", "in", role.ids),
                ("company_ids.dms_group_id", "=", store.dms_group_id.id),
            ]
        )
        admins.write({"company_ids": [Command.link(store.id)]})

    def _load_chart(self, store):
        loader = store.env["account.chart.template"].with_company(store)
        loader.try_loading(self.chart_template, store, install_demo=False)

    def _create_warehouse(self, store):
        vals = self._prepare_warehouse(store)
        warehouses = store.env["stock.warehouse"].with_company(store)
        existing = warehouses.search([("company_id", "=", store.id)], limit=1)
        if existing:
            return existing.write({"name": vals["name"], "code": vals["code"]})
        return warehouses.create(vals)

    def _prepare_warehouse(self, store):
        return {
            "name": store.name,
            "code": self.warehouse_code,
            "company_id": store.id,
            "partner_id": store.partner_id.id,
        }

    def _create_sequences(self, store):
        """Give the store its own numbers of every dealer document.

        The pattern of a document's numbers is the sequence that has its code, which
        starts with ``dms.``, and no company.
        """
        patterns = store.env["ir.sequence"].search(
            [("code", "=like", "dms.%"), ("company_id", "=", False)]
        )
        for pattern in patterns:
            pattern.copy({"company_id": store.id, "number_next": 1})

    def _action_show_store(self):
        return {
            "type": "ir.actions.act_window",
            "res_model": "res.company",
            "res_id": self.company_id.id,
            "views": [
                (self.env.ref("dms_base.res_company_view_form_store").id, "form")
            ],
        }
