from . import audit
from . import log
