"""Which role takes which step of a transfer, besides the store that takes it."""

MANAGER = "dms_base.group_dms_sales_manager"
STOCK = "stock.group_stock_user"
ACCOUNTANT = "dms_base.group_dms_accountant"
ROLES = {
    "request": "dms_base.group_dms_sales_consultant",
    "withdraw": "dms_base.group_dms_sales_consultant",
    "approve": MANAGER,
    "refuse": MANAGER,
    "order": MANAGER,
    "cancel": MANAGER,
    "undo": MANAGER,
    "ship": STOCK,
    "receive": STOCK,
    "invoice": ACCOUNTANT,
    "bill": ACCOUNTANT,
    "pay": ACCOUNTANT,
    "collect": ACCOUNTANT,
}
