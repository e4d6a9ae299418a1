"""What the detectors of risk rules hand back, without Odoo."""

from .finding import Finding, Line, day_of
from .settings import parse_domain, parse_parameters

__all__ = ["Finding", "Line", "day_of", "parse_domain", "parse_parameters"]
