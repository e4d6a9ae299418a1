import base64
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import sealed
from ..fields.encrypted import unreadable

_logger = logging.getLogger(__name__)


class DmsSealedFile(models.AbstractModel):
    """One file about a person in each record, encrypted in the file store.

    A model that inherits this has a ``company_id`` and a rule on it. Its files are put
    in by ``_dms_put`` and taken out by ``_dms_content``, both private: the caller has
    checked who may, and notes who looked. A parcel opens only in its own record.
    """

    _name = "dms.sealed.file"
    _description = "Encrypted File"

    sealed = fields.Binary(
        "Encrypted File", attachment=True, copy=False, groups=fields.NO_ACCESS
    )
    key_id = fields.Char(
        "Key of the File",
        readonly=True,
        copy=False,
        index=True,
        groups=fields.NO_ACCESS,
    )
    mimetype = fields.Char("File Type", readonly=True, copy=False)
    size = fields.Integer("Size (Bytes)", readonly=True, copy=False)

    def _dms_put(self, content, mimetype):
        """Encrypt a file into this record.

        :param bytes content: what it holds
        :param str mimetype: as found by its content
        :raise UserError: if there is no key to encrypt with
        """
        self.ensure_one()
        self._dms_seal(content)
        # the file is the record's own, whoever puts it in
        self.sudo().write({"mimetype": mimetype, "size": len(content)})

    def _dms_content(self):
        """:return: the bytes of the file
        :raise UserError: if it cannot be opened, in the words for the user
        """
        self.ensure_one()
        parcel = self._dms_parcel()
        try:
            key_id = sealed.key_id_of_parcel(parcel)
            keys = self.env["dms.sealed.key"]._keys_holding(key_id)
            return keys.ring.open_file(parcel, self._dms_context())
        except sealed.SealedError as error:
            raise UserError(unreadable(self.env, error)) from error

    def _dms_seal(self, content):
        keys = self.env["dms.sealed.key"]._keys()
        # which store's key: the store of the record
        key_id = keys.in_use(self.env, self.sudo().company_id.id)
        parcel = keys.ring.seal_file(key_id, content, self._dms_context())
        values = {"sealed": base64.b64encode(parcel), "key_id": key_id.hex()}
        self.sudo().write(values)

    def _dms_parcel(self):
        # nobody has access to the parcel; access to the record was checked
        field = self.sudo().with_context(bin_size=False).sealed
        return base64.b64decode(field or b"")

    def _dms_context(self):
        return sealed.Context(self._name, "sealed", self.id)

    @api.model
    def _dms_reseal_all(self):
        """Seal again, under the keys in use, what retired keys sealed.

        :return: number of files sealed again
        """
        keys = self.env["dms.sealed.key"].sudo()
        retired = keys.search([("purpose", "=", "data"), ("state", "=", "retired")])
        names = retired.mapped("key_id")
        models_ = [
            model for model in self._dms_sealed_models() if names and model._auto
        ]
        return sum(model._dms_reseal(names) for model in models_)

    @api.model
    def _dms_sealed_models(self):
        """:return: list of the models that hold encrypted files"""
        heirs = self.pool.descendants([self._name], "_inherit") - {self._name}
        return [self.env[name].sudo() for name in sorted(heirs)]

    @api.model
    def _dms_reseal(self, key_ids):
        done = 0
        for file in self.search([("key_id", "in", key_ids)], order="id"):
            done += file._dms_seal_again()
            if not self.env["ir.cron"]._commit_progress(1):
                break
        return done

    def _dms_seal_again(self):
        try:
            self._dms_seal(self._dms_content())
        except UserError:
            _logger.warning("The file of %s cannot be opened", self)
            return 0
        return 1
