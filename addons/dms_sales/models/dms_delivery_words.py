"""The words of deliveries: kinds of steps, when they count, who ticks them."""

STATES = [
    ("open", "Open"),
    ("handed_over", "Handed Over"),
    ("cancelled", "Cancelled"),
]
ITEM_STATES = [
    ("open", "Open"),
    ("done", "Done"),
    ("not_needed", "Not Needed"),
]
PHASES = [
    ("before", "Before the Delivery"),
    ("handover", "At the Handover"),
]
KINDS = [
    ("manual", "Ticked by a Role"),
    ("pdi", "PDI Passed"),
    ("certificate", "Certificate Free"),
    ("money", "Customer Has Paid"),
    ("lender_paid", "Lender Has Paid"),
    ("motor_invoice", "Motor Invoice Issued"),
    ("purchase_tax", "Purchase Tax Paid"),
    ("insurance", "Compulsory Insurance Entered"),
    ("plate", "Plates, or Temporary Plates"),
    ("mortgage", "Mortgage Registered"),
    ("documents", "Customer's Documents Accepted"),
    ("trade_in", "Trade-In Settled"),
]
CONDITIONS = [
    ("always", "Always"),
    ("loan", "With a Loan"),
    ("cash", "Without a Loan"),
    ("trade_in", "With a Trade-In"),
    ("accessories", "With Accessories"),
    ("purchase_tax", "Store Pays the Purchase Tax"),
    ("registration", "Store Registers the Car"),
]
ROLES = [
    ("sales_consultant", "Sales Consultant"),
    ("sales_manager", "Sales Manager"),
    ("fi_officer", "F&I Officer"),
    ("accountant", "Accountant"),
    ("technician", "Technician"),
    ("workshop_manager", "Workshop Manager"),
    ("parts_clerk", "Parts Clerk"),
    ("store_manager", "Store Manager"),
]


def role_group(env, role):
    """:return: the group of a role of ``ROLES``"""
    return env.ref(f"dms_base.group_dms_{role}")
