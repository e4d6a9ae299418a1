from odoo import models
from odoo.http import request

from .audit_request import fingerprint


class ResUsersApikeys(models.Model):
    _inherit = "res.users.apikeys"

    def _check_credentials(self, *, scope, key):
        user_id = super()._check_credentials(scope=scope, key=key)
        if user_id and request:
            request.dms_api_key = fingerprint(key)
        return user_id
