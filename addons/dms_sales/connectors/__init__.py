from . import digital_invoice
