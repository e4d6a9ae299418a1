"""Files that customers send: what they are by their content, and what is not taken.

Plain Python without Odoo; images are looked at by Pillow.
"""

from .errors import PaperError
from .kinds import EXTENSIONS, LARGEST, check_file, kind_of
