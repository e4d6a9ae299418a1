"""Why a car leaves through the gate, and how its pass stands."""

REASONS = [
    ("delivery", "Delivery to the Customer"),
    ("transfer", "Transfer to Another Store"),
    ("oem_return", "Return to the OEM"),
    ("test_drive", "Test Drive"),
    ("loan", "Loan Car"),
    ("repair", "Repair Outside"),
    ("charging", "Charging or Refuelling"),
    ("other", "Other Reason"),
]
PASS_STATES = [
    ("issued", "Issued"),
    ("out", "Out"),
    ("returned", "Back"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
]
CHECKS = [("exit", "Exit"), ("return", "Return")]
# Where the stock move of a car that leaves for good leads to.
FOR_GOOD = {"delivery": "customer", "transfer": "transit", "oem_return": "supplier"}
HOURS_AWAY = {"test_drive": 2, "charging": 4, "loan": 72, "repair": 72, "other": 24}
HOURS_VALID = 24
# Managers and the stock clerk issue any pass; these roles the ones they need.
MAY_ISSUE = {
    "dms_base.group_dms_sales_consultant": ("test_drive", "loan"),
    "dms_base.group_dms_service_advisor": ("loan", "repair", "charging"),
    "dms_base.group_dms_parts_clerk": (*FOR_GOOD, "repair", "charging"),
    "dms_base.group_dms_sales_manager": tuple(dict(REASONS)),
    "dms_base.group_dms_store_manager": tuple(dict(REASONS)),
}
