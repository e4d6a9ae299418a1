from . import hook
from . import audit
from . import log
