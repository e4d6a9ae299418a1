"""The life of a car, in its order."""

STATES = [
    ("ordered", "Ordered"),
    ("produced", "Produced"),
    ("in_transit", "In Transit"),
    ("in_stock", "In Stock"),
    ("allocated", "Allocated"),
    ("sold", "Sold"),
    ("delivered", "Delivered"),
    ("returned", "Returned to OEM"),
    ("written_off", "Written Off"),
    ("cancelled", "Cancelled"),
    ("external", "Customer's Car"),
]
OPEN = ("ordered", "produced", "in_transit", "in_stock", "allocated", "sold")
IN_STOCK = ("in_stock", "allocated", "sold")
HERE = ("internal", "transit")
GONE = ("returned", "written_off", "cancelled")
WITH_CUSTOMER = ("delivered", "external")
COMING = ("ordered", "produced", "in_transit")
# what sales of sister stores may look at
OPEN_TO_GROUP = ("ordered", "produced", "in_transit", "in_stock", "allocated")
