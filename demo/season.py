"""How much better or worse than average each calendar month sells."""

# Spring Festival empties the showrooms in February; quarters and the year are
# closed with a push; autumn is the high season.
SALES = {
    1: 1.10, 2: 0.60, 3: 0.98, 4: 0.90, 5: 0.95, 6: 1.08,
    7: 0.85, 8: 0.88, 9: 1.12, 10: 1.02, 11: 1.15, 12: 1.37,
}  # fmt: skip


def of(day) -> float:
    return SALES[day.month]
