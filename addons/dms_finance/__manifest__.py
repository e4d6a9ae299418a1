{
    "name": "Dealer Finance",
    "version": "19.0.1.0.0",
    "summary": "Loans, insurance, rebates, floorplan and month end of a car dealer",
    "category": "Dealer management",
    "sequence": 140,
    "author": "Open DMS contributors",
    "license": "LGPL-3",
    "depends": ["account", "dms_sales"],
    "data": [
        "security/dms_finance_security.xml",
        "views/account_move_views.xml",
        "views/dms_finance_menus.xml",
    ],
    "application": True,
}
