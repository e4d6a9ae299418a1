from . import audit
from . import log
from . import hook
