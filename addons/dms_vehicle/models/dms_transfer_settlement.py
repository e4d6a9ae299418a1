from odoo import fields, models
from odoo.tools import SQL

QUERY = """
    WITH store AS (
        SELECT id, partner_id, dms_group_id, currency_id
        FROM res_company WHERE dms_group_id IS NOT NULL
    ),
    row AS (
        SELECT m.id * 2 AS key, seller.id AS seller, buyer.id AS buyer,
            m.invoice_date AS day,
            m.amount_untaxed_signed AS sold, m.amount_total_signed AS sold_total,
            m.amount_residual_signed AS receivable,
            0 AS bought, 0 AS bought_total, 0 AS payable, 0 AS transport
        FROM account_move m
        JOIN store seller ON seller.id = m.company_id
        JOIN store buyer ON buyer.partner_id = m.commercial_partner_id
            AND buyer.dms_group_id = seller.dms_group_id AND buyer.id != seller.id
        WHERE m.state = 'posted' AND m.move_type IN ('out_invoice', 'out_refund')
        UNION ALL
        SELECT m.id * 2, seller.id, buyer.id, m.invoice_date,
            0, 0, 0, -m.amount_untaxed_signed, -m.amount_total_signed,
            -m.amount_residual_signed, 0
        FROM account_move m
        JOIN store buyer ON buyer.id = m.company_id
        JOIN store seller ON seller.partner_id = m.commercial_partner_id
            AND buyer.dms_group_id = seller.dms_group_id AND buyer.id != seller.id
        WHERE m.state = 'posted' AND m.move_type IN ('in_invoice', 'in_refund')
        UNION ALL
        SELECT t.id * 2 + 1, t.from_company_id, t.to_company_id,
            (t.arrived_at AT TIME ZONE 'UTC'
                AT TIME ZONE COALESCE(p.tz, 'Asia/Shanghai'))::date,
            0, 0, 0, 0, 0, 0, t.cost
        FROM dms_transport_order t
        JOIN res_company there ON there.id = t.to_company_id
        JOIN res_partner p ON p.id = there.partner_id
        WHERE t.state = 'arrived'
    )
    SELECT min(row.key) AS id,
        row.seller AS company_id,
        row.buyer AS other_company_id,
        date_trunc('month', row.day)::date AS month,
        to_char(date_trunc('month', row.day), 'YYYY-MM') AS period,
        min(store.currency_id) AS currency_id,
        sum(row.sold) AS sold,
        sum(row.bought) AS bought,
        sum(row.sold_total) AS sold_total,
        sum(row.bought_total) AS bought_total,
        sum(row.sold_total) - sum(row.bought_total) AS difference,
        sum(row.receivable) AS receivable,
        sum(row.payable) AS payable,
        sum(row.receivable) - sum(row.payable) AS open_difference,
        sum(row.transport) AS transport
    FROM row JOIN store ON store.id = row.seller
    GROUP BY row.seller, row.buyer, date_trunc('month', row.day)
"""


class DmsTransferSettlement(models.Model):
    """What one store has sold another in a month, as the books of both say it.

    Whatever made the invoice, a transfer request or somebody by hand: what counts is
    posted. Both stores and nobody else see the row.
    """

    _name = "dms.transfer.settlement"
    _description = "Settlement between Stores"
    _auto = False
    _order = "month DESC, company_id, other_company_id"
    _rec_name = "period"
    _depends = {
        "account.move": [
            "amount_residual_signed",
            "amount_total_signed",
            "amount_untaxed_signed",
            "commercial_partner_id",
            "company_id",
            "invoice_date",
            "move_type",
            "state",
        ],
        "dms.transport.order": [
            "arrived_at",
            "cost",
            "from_company_id",
            "state",
            "to_company_id",
        ],
        "res.company": ["currency_id", "dms_group_id", "partner_id"],
        "res.partner": ["tz"],
    }

    company_id = fields.Many2one("res.company", "Selling Store", readonly=True)
    other_company_id = fields.Many2one("res.company", "Buying Store", readonly=True)
    month = fields.Date("First of Month", readonly=True)
    period = fields.Char("Month", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    sold = fields.Monetary("Sold before Tax", readonly=True)
    bought = fields.Monetary("Bought before Tax", readonly=True)
    sold_total = fields.Monetary("Invoiced", readonly=True)
    bought_total = fields.Monetary("Billed", readonly=True)
    difference = fields.Monetary(
        readonly=True,
        help="Invoiced by the one and not billed by the other, or the reverse. It is"
        " zero once both accountants have posted.",
    )
    receivable = fields.Monetary("Still to Collect", readonly=True)
    payable = fields.Monetary("Still to Pay", readonly=True)
    open_difference = fields.Monetary(readonly=True)
    transport = fields.Monetary("Transport before Tax", readonly=True)

    @property
    def _table_query(self):
        return SQL(QUERY)
