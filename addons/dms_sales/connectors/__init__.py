from . import adf
from . import digital_invoice
from . import wechat
