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
    ("coming", "To Take In"),
    ("cabinet", "In the Cabinet"),
    ("out", "Taken Out"),
    ("customer", "Handed Over"),
    ("lost", "Lost"),
]
STEPS_BY_HAND = [
    ("take", "Take Out"),
    ("return", "Bring Back"),
    ("hand_over", "Hand Over"),
    ("lose", "Report Lost"),
    ("find", "Found Again"),
    ("take_in", "Take In"),
    ("miss", "Did Not Arrive"),
]
KEY_STEPS = [*STEPS_BY_HAND, ("arrive", "Sent with the Car")]
# What the store that sent a key knows of it: it sees nothing else of the other store.
ARRIVALS = [
    ("awaited", "Not Taken In Yet"),
    ("arrived", "Taken In"),
    ("missing", "Did Not Arrive"),
]
# With these, who has it is somebody in particular.
TO_SOMEBODY = ("take", "hand_over")
HOURS_OUT = 12
EACH_CAR_HAS = ("key1", "key2")
KEEPERS = ("dms_base.group_dms_parts_clerk", "dms_base.group_dms_sales_manager")
