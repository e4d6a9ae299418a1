{
    "name": "Connected Cars",
    "version": "19.0.1.0.0",
    "summary": "Vehicle telemetry, predictions and the digital twin of a dealer",
    "category": "Dealer management",
    "sequence": 150,
    "author": "Open DMS contributors",
    "license": "LGPL-3",
    "depends": ["dms_aftersales"],
    "data": [
        "views/dms_vehicle_views.xml",
        "views/dms_iot_menus.xml",
    ],
    "application": True,
}
