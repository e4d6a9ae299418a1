import base64
import io

from PIL import Image, ImageDraw

from odoo.tests import HttpCase

from odoo.addons.dms_base.models.dms_connector import NETWORKS
from odoo.addons.dms_base.tests.common import ISOLATION_FACTORIES
from odoo.addons.dms_base.tests.connectors import LOOPBACK
from odoo.addons.dms_base.tests.log_common import LogCommon

from dms_simulator.certificate_authority import CertificateAuthority
from dms_simulator.sms_gateway import SmsGateway
from dms_simulator.timestamp_authority import TimestampAuthority

from .common import _isolated_deal
from .desk_common import DeskCommon

PHONE = "13800138000"


def drawn():
    """Return a signature as the pad of the page sends it."""
    image = Image.new("RGBA", (400, 140), (0, 0, 0, 0))
    ImageDraw.Draw(image).line((10, 120, 200, 20, 390, 100), "black", 6)
    output = io.BytesIO()
    image.save(output, "PNG")
    return f"data:image/png;base64,{base64.b64encode(output.getvalue()).decode()}"


class ContractCommon(LogCommon, DeskCommon, HttpCase):
    """A store with a seal, a gateway for codes and a timestamp authority; all of them
    answer on this machine. PDFs are printed for real."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.issuer = cls.enterClassContext(CertificateAuthority())
        cls.stamps = cls.enterClassContext(TimestampAuthority())
        cls.sms = cls.enterClassContext(SmsGateway())
        cls.env["ir.config_parameter"].set_param(NETWORKS, LOOPBACK)
        cls.connector("stamps", "rfc3161", cls.stamps.url)
        roots = {"trusted_roots": cls.stamps.authority.pem.decode()}
        cls.stamps_connector = cls.connectors["stamps"]
        cls.stamps_connector.write(roots)
        cls.connector("sms", "sms_cn", cls.sms.url, account="Store A1")
        cls.director = cls.user("store_manager", cls.store_a1)
        cls.seal = cls.load_seal()
        cls.customer.phone = PHONE

    connectors = {}

    @classmethod
    def connector(cls, code, provider, url, **vals):
        cls.connectors[code] = cls.env["dms.connector"].create(
            {
                "name": code,
                "code": code,
                "provider": provider,
                "company_id": cls.store_a1.id,
                "endpoint": url,
                "auth_kind": "none",
                "state": "active",
                **vals,
            }
        )

    @classmethod
    def load_seal(cls, **options):
        """Return the seal that the store manager loads."""
        content = cls.issuer.pkcs12("Test store A1", "secret", **options)
        wizard = cls.by(cls.director, cls.env["dms.seal.load"]).create(
            {"file": base64.b64encode(content), "password": "secret"}
        )
        return cls.env["dms.seal"].browse(wizard.action_load()["res_id"])

    @classmethod
    def draft(cls, **values):
        """Return the contract that a consultant begins on a deal with a car."""
        order = cls.variant()
        order.write(values)
        deal = order.dms_deal_id
        action = cls.by(cls.consultant, deal).action_dms_contract()
        return cls.by(cls.consultant, cls.env["dms.contract"]).browse(action["res_id"])

    def sent(self, **values):
        contract = self.draft(**values)
        contract.action_dms_send()
        return contract

    def deliver(self):
        self.run_cron("dms_base.ir_cron_outbox_1")

    def code(self, contract):
        """Return the code that came to the phone."""
        contract.sudo()._dms_send_code()
        self.deliver()
        return self.sms.last(PHONE)["code"]

    def sign(self, contract, code=None, **values):
        """Return what the customer is told, "" if it is signed."""
        code = code or self.code(contract)
        vals = {"drawing": drawn(), "consents": True, "address": "10.0.0.1"} | values
        return contract.sudo()._dms_customer_signs(code=code, **vals)

    def signed(self, **values):
        contract = self.sent(**values)
        assert self.sign(contract) == ""
        return contract

    def sealed(self, **values):
        """Return a contract that both have signed, in the log."""
        contract = self.signed(**values)
        self.run_job()
        self.record()
        return contract

    def run_job(self):
        self.run_cron("dms_sales.ir_cron_contract_seal")

    def run_cron(self, xmlid):
        self.env.flush_all()
        error = self.env.ref(xmlid).method_direct_trigger()
        self.assertEqual(error, True)
        self.env.invalidate_all()

    def file(self, contract):
        return base64.b64decode(contract.sudo().pdf_signed)

    def entries(self, contract):
        """Return the kinds of what the log says about a contract."""
        mine = [("subject", "=", contract._dms_number())]
        return self.env["dms.log.entry"].search(mine, order="id")


def _isolated_contract(case, store):
    deal = _isolated_deal(case, store)
    template = case.env.ref("dms_sales.contract_template_car")
    vals = {"deal_id": deal.id, "company_id": store.id, "template_id": template.id}
    return case.env["dms.contract"].create(vals | {"user_id": False})


def _isolated_code(case, store):
    return case.env["dms.contract.code"]._dms_new(_isolated_contract(case, store))


ISOLATION_FACTORIES["dms.contract"] = _isolated_contract
ISOLATION_FACTORIES["dms.contract.code"] = _isolated_code
