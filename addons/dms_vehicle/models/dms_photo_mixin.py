from odoo import api, fields, models
from odoo.exceptions import UserError

CONTENT = {
    "raw",
    "datas",
    "db_datas",
    "store_fname",
    "type",
    "url",
    "res_model",
    "res_id",
}


class DmsPhotoMixin(models.AbstractModel):
    """Photos of what was found: whoever sees the record sees them, as evidence."""

    _name = "dms.photo.mixin"
    _description = "With Photos"

    photo_ids = fields.Many2many("ir.attachment", string="Photos", copy=False)
    photo_count = fields.Integer("Number of Photos", compute="_compute_photo_count")

    @api.depends("photo_ids")
    def _compute_photo_count(self):
        for record in self:
            record.photo_count = len(record.photo_ids)

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._own_photos()
        return records

    def write(self, vals):
        res = super().write(vals)
        if "photo_ids" in vals:
            self._own_photos()
        return res

    def _own_photos(self):
        """Let new photos belong to their record: else only who took them sees them."""
        for record in self:
            # the user could add them, so they are his; a photo of others stays theirs
            photos = record.sudo().photo_ids.filtered(lambda photo: not photo.res_id)
            photos.write({"res_model": self._name, "res_id": record.id})

    def _dms_photos_fixed(self):
        """Return the records whose photos are evidence now; to override."""
        return self.browse()


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = ["ir.attachment"]

    def write(self, vals):
        if CONTENT & vals.keys():
            self._dms_check_evidence()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_no_evidence(self):
        self._dms_check_evidence()

    def _dms_check_evidence(self):
        for name, files in self.grouped("res_model").items():
            if name not in self.env or not hasattr(self.env[name], "_own_photos"):
                continue
            records = self.env[name].browse(files.mapped("res_id")).exists()
            if records._dms_photos_fixed():
                raise UserError(
                    self.env._("A photo of what was signed or claimed stays as it is.")
                )
