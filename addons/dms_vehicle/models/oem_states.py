"""What an OEM reports, in the order in which it happens; see ``pipeline.progress``."""

OEM_STATES = [
    ("acknowledged", "Acknowledged"),
    ("scheduled", "Scheduled"),
    ("in_production", "In Production"),
    ("built", "Built"),
    ("shipped", "Shipped"),
]
