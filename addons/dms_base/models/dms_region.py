from odoo import api, fields, models
from odoo.exceptions import ValidationError


class DmsRegion(models.Model):
    _name = "dms.region"
    _description = "Sales Region"
    _order = "parent_path, id"
    _parent_store = True
    _rec_names_search = ["name", "parent_id.name", "code"]

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(
        string="Full name",
        compute="_compute_complete_name",
        recursive=True,
    )
    code = fields.Char(help="Short code of the region, for example EAST.")
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one(
        "dms.region", string="Parent region", index=True, ondelete="restrict"
    )
    child_ids = fields.One2many("dms.region", "parent_id", string="Sub-regions")
    parent_path = fields.Char(index=True)
    dms_group_id = fields.Many2one(
        "dms.group",
        string="Dealer group",
        index="btree_not_null",
        ondelete="cascade",
        help="Only this dealer group uses the region. Empty: all groups share it.",
    )
    company_ids = fields.One2many("res.company", "dms_region_id", string="Stores")

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(dms_group_id, 0)) WHERE code IS NOT NULL",
        "Another region of this dealer group already has this code.",
    )

    @api.depends("name", "parent_id.complete_name")
    @api.depends_context("lang")
    def _compute_complete_name(self):
        for region in self:
            parent = region.parent_id.complete_name
            region.complete_name = (
                f"{parent} / {region.name}" if parent else region.name
            )

    @api.depends("complete_name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for region in self:
            region.display_name = region.complete_name

    @api.constrains("parent_id", "dms_group_id")
    def _check_parent_group(self):
        for region in self:
            owner = region.parent_id.dms_group_id
            if owner and owner != region.dms_group_id:
                raise ValidationError(
                    self.env._(
                        "%(region)s cannot lie in %(parent)s, which belongs to "
                        "another dealer group.",
                        region=region.name,
                        parent=region.parent_id.name,
                    )
                )
