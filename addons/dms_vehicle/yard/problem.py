"""What is wrong with a drawing or a message, as a code that others put into words."""

from odoo.addons.dms_base.coded_error import CodedError


class YardError(CodedError):
    """Why something is refused.

    :ivar code: ``no_points``, ``bad_point``, ``too_few``, ``too_many``, ``crossed``,
        ``too_small``, ``bad_code``, ``bad_kind``, ``bad_shape``, ``bad_json``,
        ``no_features``, ``bad_line``, ``twice``, ``too_many_slots``, ``bad_grid``,
        ``no_time``, ``bad_time``, ``bad_key``, ``no_slot``, ``bad_row`` or
        ``bad_occupied``
    :ivar params: what the message needs
    """
