"""The words of an appraisal: where, what, how large, how it stands."""

STATES = [
    ("draft", "Being Appraised"),
    ("appraised", "To Be Valued"),
    ("approval", "To Be Approved"),
    ("valued", "Valued"),
    ("offered", "Offered"),
    ("accepted", "Accepted"),
    ("bought", "Bought"),
    ("refused", "Refused by the Owner"),
    ("cancelled", "Cancelled"),
]
OPEN = ("draft", "appraised", "approval", "valued", "offered", "accepted")
ASKED = ("appraised", "approval", "valued", "offered", "refused")
PANELS = [
    ("front_bumper", "Front Bumper"),
    ("bonnet", "Bonnet"),
    ("windscreen", "Windscreen"),
    ("roof", "Roof"),
    ("rear_window", "Rear Window"),
    ("tailgate", "Tailgate"),
    ("rear_bumper", "Rear Bumper"),
    ("left_front_wing", "Left Front Wing"),
    ("left_front_door", "Left Front Door"),
    ("left_rear_door", "Left Rear Door"),
    ("left_rear_wing", "Left Rear Wing"),
    ("left_sill", "Left Sill"),
    ("right_front_wing", "Right Front Wing"),
    ("right_front_door", "Right Front Door"),
    ("right_rear_door", "Right Rear Door"),
    ("right_rear_wing", "Right Rear Wing"),
    ("right_sill", "Right Sill"),
    ("wheels", "Wheels"),
    ("underbody", "Underbody"),
    ("interior", "Inside"),
]
# as GB/T 30323 names defects of the body
DAMAGES = [
    ("scratch", "Scratch"),
    ("dent", "Dent"),
    ("deformed", "Deformed"),
    ("rust", "Rust"),
    ("crack", "Crack"),
    ("repaired", "Repaired Before"),
]
SIZES = [
    ("small", "Up to 10 x 10 cm"),
    ("medium", "Up to 20 x 30 cm"),
    ("large", "Larger"),
]
GRADES = [
    ("1", "Grade 1"),
    ("2", "Grade 2"),
    ("3", "Grade 3"),
    ("4", "Grade 4"),
    ("5", "Grade 5: Accident"),
]
GEARBOXES = [("automatic", "Automatic"), ("manual", "Manual")]
USES = [
    ("private", "Private"),
    ("company", "Company"),
    ("hire", "Hire or Taxi"),
]
# what is noted beside the car
NOTED = {
    *("partner_id", "vin", "plate", "title", "product_id", "kind", "new_price"),
    *("displacement", "gearbox", "use", "first_registration", "odometer_km"),
    *("odometer_note", "owner_count", "battery_percent", "had_accident"),
    *("tread_front_left", "tread_front_right", "tread_rear_left"),
    *("tread_rear_right", "photo_line_ids", "damage_ids", "inspection_until"),
    *("insurance_until",),
}
# what the valuer decides
VALUATION = {"market_value", "value", "price", "valuation_note"}
# what may come until the car is bought
PAPERS = {
    *("title_number", "keys_count", "has_licence", "lender_id", "payoff"),
    *("payoff_until", "payoff_letter", "payoff_letter_name", "bank_id", "deal_id"),
    "lead_id",
}
# what may still be written when the car is there
LATER = {"note", "answer", "reverse_number"}
