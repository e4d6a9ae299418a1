"""The words of transport damage: where, what, how bad, how the claim stands."""

DAMAGE_PLACES = [
    ("front_bumper", "Front Bumper"),
    ("bonnet", "Bonnet"),
    ("windscreen", "Windscreen"),
    ("roof", "Roof"),
    ("left_front_wing", "Left Front Wing"),
    ("left_front_door", "Left Front Door"),
    ("left_rear_door", "Left Rear Door"),
    ("left_rear_wing", "Left Rear Wing"),
    ("right_front_wing", "Right Front Wing"),
    ("right_front_door", "Right Front Door"),
    ("right_rear_door", "Right Rear Door"),
    ("right_rear_wing", "Right Rear Wing"),
    ("tailgate", "Tailgate"),
    ("rear_bumper", "Rear Bumper"),
    ("lamps", "Lamps"),
    ("mirrors", "Mirrors"),
    ("wheels", "Wheels and Tyres"),
    ("underbody", "Underbody"),
    ("interior", "Inside"),
    ("accessories", "Accessories and Papers"),
    ("other", "Elsewhere"),
]
DAMAGE_KINDS = [
    ("scratch", "Scratch"),
    ("dent", "Dent"),
    ("chip", "Paint Chipped"),
    ("broken", "Broken"),
    ("missing", "Something Missing"),
    ("wet", "Water or Dirt"),
    ("other", "Something Else"),
]
SEVERITIES = [("light", "Light"), ("medium", "Medium"), ("heavy", "Heavy")]
CLAIM_STATES = [
    ("draft", "Noted"),
    ("claimed", "Claimed"),
    ("accepted", "Accepted by Carrier"),
    ("refused", "Refused by Carrier"),
    ("settled", "Settled"),
    ("cancelled", "Withdrawn"),
]
SETTLEMENTS = [
    ("invoice", "Invoice to the Carrier"),
    ("refund", "Credit Note of the Carrier"),
]
