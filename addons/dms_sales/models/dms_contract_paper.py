"""The contract on paper looks the same wherever it is printed: nothing is loaded."""

import base64

from markupsafe import Markup

from odoo import models

from odoo.addons.dms_vehicle.passport import qr_svg

STYLE = Markup(
    """
.o_dms_paper { font-size: 13px; line-height: 1.5; color: #1a1a1a; }
.o_dms_paper h1 { font-size: 24px; text-align: center; margin: 0 0 4px; }
.o_dms_paper h3 { font-size: 14px; font-weight: bold; margin: 12px 0 2px; }
.o_dms_paper table { width: 100%; border-collapse: collapse; }
.o_dms_paper td { padding: 2px 6px; vertical-align: top; }
.o_dms_paper_number { text-align: center; color: #555; }
.o_dms_paper_parties td, .o_dms_paper_lines td { border-bottom: 1px solid #ccc; }
.o_dms_paper_amount { text-align: right; }
.o_dms_paper_sum td { font-weight: bold; border-bottom: 2px solid #333; }
.o_dms_paper_clause { page-break-inside: avoid; }
.o_dms_paper_clause p { margin: 0 0 4px; }
.o_dms_paper_strong { border-left: 4px solid #b45309; padding: 2px 8px; }
.o_dms_paper_strong { background: #fef3c7; }
.o_dms_paper_strong p { font-weight: bold; }
.o_dms_paper .o_dms_paper_second { color: #555; font-size: 11px; font-weight: normal; }
.o_dms_paper_box { height: 150px; border: 1px solid #999; }
.o_dms_paper_small { font-size: 10px; color: #555; }
"""
)


class DmsContract(models.Model):
    _name = "dms.contract"
    _inherit = ["dms.contract"]

    def _dms_paper_style(self):
        """:return: what would else come from a server"""
        return STYLE

    def _dms_qr(self):
        """:return: code of the address where it is checked, as a data URI"""
        picture = qr_svg(self._dms_check_url())
        return (
            f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}"
        )
