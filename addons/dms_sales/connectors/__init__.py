from . import adf
from . import digital_invoice
