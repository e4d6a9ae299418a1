from . import log
from . import hook
