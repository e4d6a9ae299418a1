from odoo import api, fields, models


class DmsAppraisalPosition(models.Model):
    """From where a used car is photographed; one list for all stores."""

    _name = "dms.appraisal.position"
    _description = "Position of a Photo"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    is_required = fields.Boolean("Needed", default=True)


class DmsAppraisalPhoto(models.Model):
    """One photo of an appraised car."""

    _name = "dms.appraisal.photo"
    _description = "Photo of an Appraised Car"
    _inherit = ["dms.store.mixin"]
    _order = "sequence, id"
    _rec_name = "position_id"

    appraisal_id = fields.Many2one(
        "dms.appraisal", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="appraisal_id.company_id",
        store=True,
        index=True,
        precompute=True,
        default=None,
    )
    position_id = fields.Many2one("dms.appraisal.position", required=True)
    sequence = fields.Integer(related="position_id.sequence", store=True)
    is_required = fields.Boolean(related="position_id.is_required")
    image = fields.Image("Photo", max_width=1920, max_height=1920)
    thumb = fields.Image("Small", related="image", max_width=256, max_height=256)

    _one_each = models.UniqueIndex(
        "(appraisal_id, position_id)", "There is a photo of this position already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        photos = super().create(vals_list)
        photos._dms_check_open()
        return photos

    def write(self, vals):
        self._dms_check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_only_before_valuation(self):
        self._dms_check_open()

    def _dms_check_open(self):
        """A photo is evidence once somebody values the car by it."""
        if not self.env.su:
            self.appraisal_id._check_may_write({"photo_line_ids": True})


class DmsAppraisal(models.Model):
    _name = "dms.appraisal"
    _inherit = ["dms.appraisal"]

    def _dms_lay_out_photos(self):
        """Give each appraisal an empty place for every photo."""
        positions = self.env["dms.appraisal.position"].search([("active", "=", True)])
        self.env["dms.appraisal.photo"].create(
            [
                {"appraisal_id": one.id, "position_id": position.id}
                for one in self.filtered(lambda one: not one.photo_line_ids)
                for position in positions
            ]
        )

    def _dms_photos_missing(self):
        """:return: the names of the positions that lack their photo"""
        lines = self.photo_line_ids.filtered(
            lambda line: line.is_required and not line.image
        )
        return lines.position_id.mapped("name")
