"""Tables as people send them: CSV in any usual encoding, XLSX, or pasted text.

>>> from odoo.addons.dms_base.tabular import read_rows
>>> list(read_rows("cars.csv", "车架号,车型\\nLSV1,A1\\n".encode("gb18030")))
[Row(number=2, cells={'车架号': 'LSV1', '车型': 'A1'})]
"""

from .read import Row, TableError, read_rows
from .write import write_xlsx

__all__ = ["Row", "TableError", "read_rows", "write_xlsx"]
