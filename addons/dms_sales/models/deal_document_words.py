"""The words of documents that customers send, and why a file is not taken."""

from ..papers import LARGEST

STATES = [
    ("asked", "Asked For"),
    ("uploaded", "To Look At"),
    ("accepted", "Accepted"),
    ("returned", "Returned"),
    ("gone", "No Longer Kept"),
]
CONDITIONS = [
    ("always", "Always"),
    ("person", "Customer Is a Person"),
    ("company", "Customer Is a Company"),
    ("loan", "With a Loan"),
    ("cash", "Without a Loan"),
    ("trade_in", "With a Trade-In"),
    ("registration", "Store Registers the Car"),
]
MISSING = ("asked", "returned")
MEGABYTE = 1_000_000


def refusal(env, code, number):
    """Say why a file is not taken.

    :param str code: of ``PaperError``, or ``many``
    :param int number: which of the files it is; for ``many`` how many may be sent
    """
    messages = {
        "empty": lambda: env._(
            "File %(number)s is empty: choose it again.", number=number
        ),
        "large": lambda: env._(
            "File %(number)s is larger than %(most)s MB: take a photo with a lower "
            "resolution, or send fewer pages.",
            number=number,
            most=LARGEST // MEGABYTE,
        ),
        "kind": lambda: env._(
            "File %(number)s is neither a photo (JPEG or PNG) nor a PDF: take a photo "
            "of the document.",
            number=number,
        ),
        "damaged": lambda: env._(
            "File %(number)s cannot be opened, or did not come whole: send it again.",
            number=number,
        ),
        "many": lambda: env._(
            "At most %(number)s files for one document: put pages into one PDF.",
            number=number,
        ),
        "none": lambda: env._("Choose a file first."),
    }
    return messages[code]()
