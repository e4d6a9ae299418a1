"""What hangs in the key cabinet, and where it can be."""

KEY_KINDS = [
    ("key1", "Key 1"),
    ("key2", "Key 2"),
    ("card", "Card Key"),
    ("plate", "Plate"),
    ("temp_plate", "Temporary Plate"),
    ("folder", "Document Folder"),
    ("cable", "Charging Cable"),
]
KEY_STATES = [
    ("cabinet", "In the Cabinet"),
    ("out", "Taken Out"),
    ("customer", "Handed Over"),
    ("lost", "Lost"),
]
KEY_STEPS = [
    ("take", "Take Out"),
    ("return", "Bring Back"),
    ("hand_over", "Hand Over"),
    ("lose", "Report Lost"),
    ("find", "Found Again"),
]
# With these, who has it is somebody in particular.
TO_SOMEBODY = ("take", "hand_over")
HOURS_OUT = 12
EACH_CAR_HAS = ("key1", "key2")
KEEPERS = ("dms_base.group_dms_parts_clerk", "dms_base.group_dms_sales_manager")
