"""Values of fields as an audit keeps them: JSON, short, without secrets."""

import re

from ..fields import Encrypted

MAX_TEXT = 2000
HIDDEN = "********"
SECRET_NAMES = re.compile(
    r"(password|passwd|secret|token|api_?key|private_?key|credential|signature)", re.I
)
# Not a fact about the record, or kept by other entries.
IGNORED_TYPES = ("one2many", "properties_definition")
IGNORED_NAMES = frozenset(
    ("id", "create_uid", "create_date", "write_uid", "write_date", "parent_path")
)
IGNORED_PREFIXES = ("message_", "activity_", "website_message_")


def is_audited(field):
    """Tell whether changes of a field are worth an entry."""
    return (
        (field.store or field.name == "password")
        and not field.inherited
        and field.type not in IGNORED_TYPES
        and field.name not in IGNORED_NAMES
        and not field.name.startswith(IGNORED_PREFIXES)
        and field.groups != "."
    )


def is_secret(field, record):
    """Tell whether not even the auditor may read the value."""
    if record._name == "ir.config_parameter" and field.name == "value":
        return bool(SECRET_NAMES.search(record.key or ""))
    if field.relational or isinstance(field, Encrypted):
        return False  # a number of a record, or a mask already
    return bool(SECRET_NAMES.search(field.name))


def old_value_of(field, record):
    """Return what ``value_of`` returns, but nothing in place of a secret."""
    return None if is_secret(field, record) else value_of(field, record)


def value_of(field, record):
    """Return the value as JSON can hold it.

    Many2one: id; many2many: list of ids; secrets: a mask; files: that there is one.
    """
    if is_secret(field, record):
        return HIDDEN
    value = record[field.name]
    if field.type == "many2one":
        return value.id or None
    if field.type == "many2many":
        return sorted(value.ids)
    if not value and field.type not in ("boolean", "integer", "float", "monetary"):
        return None
    return _shown(field, value)


def _shown(field, value):
    if isinstance(field, Encrypted):
        return value  # a mask that still knows whether the secret changed
    if field.type == "binary":
        return "(file)"
    if field.type in ("boolean", "integer", "float", "monetary", "json"):
        return value
    return str(value)[:MAX_TEXT]
