"""What is wanted, or given in."""

from dataclasses import dataclass

from .node import Id, Node, attribute, content, many, one, text


@dataclass(frozen=True, slots=True)
class Odometer(Node):
    value: str = content()
    status: str = attribute("status")
    units: str = attribute("units")


@dataclass(frozen=True, slots=True)
class ColorCombination(Node):
    interiorcolor: str = text("interiorcolor")
    exteriorcolor: str = text("exteriorcolor")
    preference: str = text("preference")


@dataclass(frozen=True, slots=True)
class ImageTag(Node):
    value: str = content()
    width: str = attribute("width")
    height: str = attribute("height")
    alttext: str = attribute("alttext")


@dataclass(frozen=True, slots=True)
class Price(Node):
    """``type``: quote, offer, msrp, invoice, call, appraisal or asking."""

    value: str = content()
    type: str = attribute("type")
    currency: str = attribute("currency")
    delta: str = attribute("delta")
    relativeto: str = attribute("relativeto")
    source: str = attribute("source")


@dataclass(frozen=True, slots=True)
class Option(Node):
    """``weighting`` from -100, must not have, to 100, must have."""

    optionname: str = text("optionname")
    manufacturercode: str = text("manufacturercode")
    stock: str = text("stock")
    weighting: str = text("weighting")
    prices: tuple[Price, ...] = many("price", Price)


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """``type``: downpayment, monthly or total; ``limit``: maximum, minimum, exact."""

    value: str = content()
    type: str = attribute("type")
    limit: str = attribute("limit")
    currency: str = attribute("currency")


@dataclass(frozen=True, slots=True)
class Balance(Node):
    """``type``: finance or residual."""

    value: str = content()
    type: str = attribute("type")
    currency: str = attribute("currency")


@dataclass(frozen=True, slots=True)
class Finance(Node):
    """``method``: cash, finance or lease."""

    method: str = text("method")
    amounts: tuple[Amount, ...] = many("amount", Amount)
    balances: tuple[Balance, ...] = many("balance", Balance)


@dataclass(frozen=True, slots=True)
class Vehicle(Node):
    """``interest``: buy, lease, sell, trade-in or test-drive; ``status``: new or used.

    Texts as they came: whoever sends a year may send "2025/26".
    """

    interest: str = attribute("interest")
    status: str = attribute("status")
    ids: tuple[Id, ...] = many("id", Id)
    year: str = text("year")
    make: str = text("make")
    model: str = text("model")
    vin: str = text("vin")
    stock: str = text("stock")
    trim: str = text("trim")
    doors: str = text("doors")
    bodystyle: str = text("bodystyle")
    transmission: str = text("transmission")
    odometer: Odometer = one("odometer", Odometer)
    condition: str = text("condition")
    colorcombinations: tuple[ColorCombination, ...] = many(
        "colorcombination", ColorCombination
    )
    imagetag: ImageTag = one("imagetag", ImageTag)
    prices: tuple[Price, ...] = many("price", Price)
    pricecomments: str = text("pricecomments")
    options: tuple[Option, ...] = many("option", Option)
    finance: Finance = one("finance", Finance)
    comments: str = text("comments")

    @property
    def is_trade_in(self) -> bool:
        """The customer has this car and gives it in, or sells it."""
        return self.interest.lower() in ("trade-in", "sell")
