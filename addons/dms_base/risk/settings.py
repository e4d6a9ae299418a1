"""What people type into a rule: a domain, and parameters."""

import ast
import json


def parse_domain(text: str) -> list:
    """Return a domain of constants; names and calls are refused.

    :raise ValueError: if it is none
    """
    try:
        domain = ast.literal_eval((text or "").strip() or "[]")
    except (SyntaxError, ValueError) as error:
        raise ValueError(str(error)) from error
    if not isinstance(domain, list):
        raise ValueError("not a list")
    return domain


def parse_parameters(text: str) -> dict:
    """Return the parameters written as a JSON object.

    :raise ValueError: if it is none
    """
    parameters = json.loads((text or "").strip() or "{}")
    if not isinstance(parameters, dict):
        raise ValueError("not an object")
    return parameters
