"""A plan: rules and a cap, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from .rule import Rule
from .rules import RULES


class PlanError(ValueError):
    """A plan, or deals, that cannot be; ``code`` is stable and meant for programs.

    :ivar rule: name of the rule, ``""`` for none

    Codes: ``kind`` (unknown), ``field`` (missing, unknown or of another sort), ``name``
    (empty or twice), ``negative``, ``percent``, ``steps`` (none, not rising or from
    below one), ``flag`` (none), ``deal_twice``, ``unknown_deal``.
    """

    def __init__(self, code: str, rule: str = ""):
        super().__init__(f"{rule}: {code}" if rule else code)
        self.code = code
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Plan:
    """:ivar rules: each counts by itself
    :ivar cap: at most so many yuan in a period, ``None`` for no limit
    """

    rules: tuple[Rule, ...] = ()
    cap: Decimal | None = None

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for rule in self.rules:
            if not rule.name or rule.name in seen:
                raise PlanError("name", rule.name)
            if code := rule.problem():
                raise PlanError(code, rule.name)
            seen.add(rule.name)
        if self.cap is not None and self.cap < 0:
            raise PlanError("negative")

    def as_json(self) -> dict[str, Any]:
        """:return: the plan as JSON without floats, for a field of a record"""
        rules = [_written(rule) for rule in self.rules]
        return {"rules": rules, "cap": None if self.cap is None else str(self.cap)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Plan":
        """:return: the plan that ``as_json`` wrote
        :raise PlanError: says what is wrong with which rule
        """
        rules = tuple(_rule(item) for item in data.get("rules", ()))
        cap = data.get("cap")
        try:
            return cls(rules, None if cap is None else _number(cap))
        except (TypeError, ArithmeticError) as error:
            raise PlanError("field") from error


def _written(rule: Rule) -> dict[str, Any]:
    values = {f.name: _plain(getattr(rule, f.name)) for f in fields(rule)}
    return {"kind": rule.kind, **values}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value


def _rule(item: Mapping[str, Any]) -> Rule:
    values = dict(item)
    cls = RULES.get(values.pop("kind", ""))
    name = str(values.get("name", ""))
    if cls is None:
        raise PlanError("kind", name)
    try:
        return cls(**{key: _READ.get(key, _same)(x) for key, x in values.items()})
    except (TypeError, ValueError, ArithmeticError) as error:
        raise PlanError("field", name) from error


def _number(value: Any) -> Decimal:
    """Read digits; a float is not what it looks like"""
    number = Decimal(value)
    if isinstance(value, float) or not number.is_finite():
        raise TypeError("not an exact number")
    return number


def _same(value: Any) -> Any:
    return value


def _steps(value: Any) -> tuple[tuple[int, Decimal], ...]:
    return tuple((int(start), _number(amount)) for start, amount in value)


_READ = {
    "amount": _number,
    "percent": _number,
    "from_percent": _number,
    "blocks": tuple,
    "steps": _steps,
}
