{
    "name": "Dealer After-Sales",
    "version": "19.0.1.0.0",
    "summary": "Workshop, parts counter and customer care of a car dealer",
    "category": "Dealer management",
    "sequence": 130,
    "author": "Open DMS contributors",
    "license": "LGPL-3",
    "depends": ["dms_vehicle", "purchase_stock", "repair"],
    "data": [
        "security/dms_aftersales_security.xml",
        "views/repair_order_views.xml",
        "views/dms_aftersales_menus.xml",
    ],
    "application": True,
}
