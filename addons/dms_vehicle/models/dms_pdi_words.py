"""The words of inspections: sections, results, states."""

PDI_SECTIONS = [
    ("documents", "Documents and Accessories"),
    ("exterior", "Exterior"),
    ("interior", "Interior"),
    ("electrics", "Electrics and Software"),
    ("engine", "Engine and Fluids"),
    ("battery", "High Voltage and Charging"),
    ("chassis", "Tyres and Chassis"),
    ("load", "Load Area and Body"),
    ("drive", "Test Run"),
]
PDI_RESULTS = [("ok", "OK"), ("defect", "Defect"), ("na", "Not Applicable")]
PDI_STATES = [
    ("open", "To Do"),
    ("passed", "Passed"),
    ("failed", "Failed"),
    ("cancelled", "Cancelled"),
]
PDI_DECISIONS = [("repair", "Repair"), ("accept", "Deliver as It Is")]
# a car of any other state is not there to be looked at
NOT_TO_INSPECT = ("ordered", "delivered", "returned", "written_off", "cancelled")
