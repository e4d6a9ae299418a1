"""What the detectors of risk rules hand back, without Odoo."""

from .finding import Finding, Line
from .settings import parse_domain, parse_parameters

__all__ = ["Finding", "Line", "parse_domain", "parse_parameters"]
