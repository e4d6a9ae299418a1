"""The life of a reservation of the web shop; its payment and the time prove it."""

STATES = [
    ("held", "Held for Payment"),
    ("paid", "Paid"),
    ("expired", "Not Paid in Time"),
    ("lost", "Car Was Gone"),
    ("cancelled", "Given Up"),
]
# a payment may still bring these back
WAITING = ("held", "expired")
