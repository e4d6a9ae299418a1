"""Why a car of the fleet leaves, where a drive stands, what a drive needs."""

KINDS = [
    ("test", "Test Drive"),
    ("loan", "Loan Car"),
    ("courtesy", "Courtesy Car"),
    ("blocked", "Not Available"),
]
STATES = [
    ("booked", "Booked"),
    ("out", "On the Way"),
    ("back", "Brought Back"),
    ("missed", "Did Not Come"),
    ("cancelled", "Cancelled"),
]
# A car is taken while its drive stands there.
TAKING = ("booked", "out")
CHECKS = [("out", "Handed Over"), ("back", "Brought Back")]
PASS_REASON = {"test": "test_drive", "loan": "loan", "courtesy": "loan"}
EVENTS = {"out": "vehicle.drive_out", "back": "vehicle.drive_back"}
LICENCES = [
    ("C2", "C2: Automatic"),
    ("C1", "C1: Manual"),
    ("B1", "B1: Medium Bus"),
    ("B2", "B2: Heavy Truck"),
    ("A1", "A1: Large Bus"),
    ("A2", "A2: Tractor with Trailer"),
]
SALES = "dms_base.group_dms_sales_consultant"
RECEPTION = "dms_base.group_dms_service_advisor"
