"""What ADF says, in a lead's words."""

from contextlib import suppress

from markupsafe import Markup, escape

PAYMENT_OF = {"cash": "cash", "finance": "loan", "lease": "leasing"}


def prospect_key(prospect):
    """:return: the number by which the sender knows it, "" if it has none"""
    return "|".join(f"{each.source}:{each.value}" for each in prospect.ids)


def car_words(car):
    """:return: brand, model, year and mileage, as far as they are said"""
    mileage = " ".join(filter(None, [car.odometer.value, car.odometer.units]))
    parts = (car.make, car.model, car.trim, car.year, mileage)
    return " ".join(filter(None, parts))


def budget(car):
    """:return: the most the customer pays in total, 0 if it is not said"""
    for amount in car.finance.amounts:
        if amount.type.lower() == "total" and amount.limit.lower() != "minimum":
            with suppress(ValueError):
                return float(amount.value.replace(",", ""))
    return 0


def note(prospect):
    """:return: Markup of what has no field of its own"""
    customer = prospect.customer
    lines = [car_words(car) for car in prospect.vehicles]
    lines += [car.comments for car in prospect.vehicles]
    lines += [customer.timeframe.description, customer.comments]
    return Markup("<br/>").join(escape(line) for line in lines if line)
