STATES = [
    ("draft", "In Talks"),
    ("offered", "Offered"),
    ("ordered", "Ordered"),
    ("delivered", "Delivered"),
    ("cancelled", "Cancelled"),
]
