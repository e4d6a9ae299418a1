"""The words for certificates: who holds them, how they stand, what went wrong."""

CERTIFICATE_KINDS = [
    ("domestic", "Domestic (合格证)"),
    ("import", "Imported (进口证明书)"),
]
HOLDER_KINDS = [
    ("oem", "OEM"),
    ("bank", "Bank"),
    ("store", "Store Safe"),
    ("customer", "Customer"),
]
EXCEPTIONS = [
    ("missing", "Missing"),
    ("damaged", "Damaged"),
    ("wrong_number", "Wrong Number"),
    ("private_sale", "Sold While Pledged"),
]
CERTIFICATE_STATES = [
    ("at_oem", "With OEM"),
    ("in_transit", "In Transit"),
    ("pledged", "Pledged"),
    ("release_requested", "Release Requested"),
    ("borrowed", "Borrowed from Bank"),
    ("released", "Released"),
    ("free", "Free in Safe"),
    ("delivered", "With Customer"),
    *EXCEPTIONS,
]
DOCUMENT_STATES = [
    ("waiting", "Waiting"),
    ("accepted", "Confirmed"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
