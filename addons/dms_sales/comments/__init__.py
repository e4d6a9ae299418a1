"""What a comment is about, and whether it praises or complains.

No Odoo here. Subjects (engine, price, space, …) and moods are learnt from labelled
texts; Chinese is read by words (jieba) and by characters, so that new words do no harm.
"""

from .learner import Comments, Heard

__all__ = ["Comments", "Heard"]
