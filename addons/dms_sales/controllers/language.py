"""Pages of a customer speak the customer's language, whatever the website's is."""

from odoo.http import request


def spoken(record):
    """:param record: a document with a ``partner_id``, empty for none
    :return: it in the language of its customer, in which the page is rendered, too

    Who is logged in has chosen a language already.
    """
    lang = record and record.partner_id.lang
    installed = dict(record.env["res.lang"].get_installed()) if record else {}
    if lang not in installed or not request.env.user._is_public():
        return record
    request.update_context(lang=lang)
    return record.with_context(lang=lang)
