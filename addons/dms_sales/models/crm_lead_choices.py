"""What may be said of a lead."""

CHANNELS = [
    ("walk_in", "Walk-in"),
    ("phone", "Phone"),
    ("web", "Website"),
    ("adf", "Lead Site (ADF)"),
    ("wechat", "WeChat"),
    ("live_chat", "Live Chat"),
    ("referral", "Referral"),
    ("oem", "OEM Lead"),
]
PAYMENTS = [("cash", "Paid in Full"), ("loan", "Loan"), ("leasing", "Leasing")]
# The levels of the trade, with the days it means by them.
INTENTS = [
    ("h", "H: 7 days"),
    ("a", "A: 15 days"),
    ("b", "B: 30 days"),
    ("c", "C: later"),
]
