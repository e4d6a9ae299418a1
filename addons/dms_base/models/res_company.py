from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["res.company", "dms.store.settings"]

    dms_group_id = fields.Many2one(
        "dms.group",
        string="Dealer group",
        index=True,
        ondelete="restrict",
        help="The dealer group this store belongs to. A store is in one group only.",
    )
    dms_is_store = fields.Boolean(
        string="Is a store", compute="_compute_dms_is_store", store=True
    )
    dms_brand_ids = fields.Many2many(
        relation="dms_brand_res_company_rel",
        column1="company_id",
        column2="brand_id",
    )
    dms_region_id = fields.Many2one(index="btree_not_null", ondelete="restrict")
    dms_latitude = fields.Float(
        help="WGS-84, in degrees, north is positive. Map services in China use "
        "shifted coordinates (GCJ-02, BD-09): convert them first.",
    )

    _dms_store_code_uniq = models.UniqueIndex(
        "(dms_group_id, dms_store_code) WHERE dms_store_code IS NOT NULL",
        "Another store of this dealer group already has this code.",
    )
    _dms_latitude_range = models.Constraint(
        "CHECK (dms_latitude BETWEEN -90 AND 90)",
        "The latitude lies between -90 and 90 degrees.",
    )
    _dms_longitude_range = models.Constraint(
        "CHECK (dms_longitude BETWEEN -180 AND 180)",
        "The longitude lies between -180 and 180 degrees.",
    )

    @api.depends("dms_group_id", "dms_store_kind")
    def _compute_dms_is_store(self):
        for company in self:
            company.dms_is_store = bool(company.dms_group_id and company.dms_store_kind)

    @api.constrains("dms_region_id", "dms_group_id")
    def _check_dms_region_group(self):
        for company in self:
            owner = company.dms_region_id.dms_group_id
            if owner and owner != company.dms_group_id:
                raise ValidationError(
                    self.env._(
                        "The region %(region)s belongs to another dealer group than "
                        "the store %(store)s.",
                        region=company.dms_region_id.display_name,
                        store=company.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # Nobody has access to keys; every company needs one from its first day.
        self.env["dms.sealed.key"].sudo()._make("data", companies.ids)
        companies.filtered("dms_group_id")._dms_connect_sister_stores()
        return companies

    def write(self, vals):
        res = super().write(vals)
        if vals.get("dms_group_id"):
            self._dms_connect_sister_stores()
        return res

    def action_dms_change_store(self):
        """Open the wizard by which a group admin changes this store."""
        self.ensure_one()
        self.env.user._dms_check_manages_stores(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "dms_base.dms_store_change_action"
        )
        return action | {"context": {"default_company_id": self.id}}

    def _dms_sister_stores(self):
        """Return the other active companies of the same dealer groups, as sudo."""
        companies = self.sudo()
        return companies.search(
            [
                ("dms_group_id", "in", companies.dms_group_id.ids),
                ("id", "not in", self.ids),
            ]
        )

    def _dms_connect_sister_stores(self):
        """Let goods between sister stores pass through the inter-company transit.

        Odoo does so when a company is created, but only if the creator is a
        multi-company user; and a company may join a dealer group later.
        """
        transit = self.env.ref("stock.stock_location_inter_company").sudo()
        transit.active = True
        for company in self.sudo():
            for sister in company._dms_sister_stores():
                company._dms_ship_through(transit, sister)
                sister._dms_ship_through(transit, company)

    def _dms_ship_through(self, location, partner_store):
        partner_store.partner_id.with_company(self).write(
            {
                "property_stock_customer": location.id,
                "property_stock_supplier": location.id,
            }
        )
