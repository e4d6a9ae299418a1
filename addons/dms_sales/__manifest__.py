{
    "name": "Dealer Sales",
    "version": "19.0.1.0.0",
    "summary": "Leads, deals, contracts and deliveries of a car dealer",
    "category": "Dealer management",
    "sequence": 120,
    "author": "Open DMS contributors",
    "license": "LGPL-3",
    "depends": ["dms_vehicle", "sale_management"],
    "data": [
        "security/dms_sales_security.xml",
        "views/sale_order_views.xml",
        "views/dms_sales_menus.xml",
    ],
    "application": True,
}
