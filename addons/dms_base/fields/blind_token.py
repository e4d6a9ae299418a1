from odoo import fields


class BlindToken(fields.Char):
    """The companion of an encrypted field that makes it searchable.

    Its value comes from the encrypted field alone: what anybody else writes is ignored,
    so that no record can pose as another.
    """

    copy = False
    readonly = True
    exportable = False
    export_string_translation = False
    groups = "."  # nobody: it is for the database

    def write(self, records, value):
        return None if self.store else super().write(records, value)

    def convert_to_column_insert(self, value, record, values=None, validate=True):
        return None

    def get_column_update(self, record):
        return record.env.transaction.field_data[self][record.id]
