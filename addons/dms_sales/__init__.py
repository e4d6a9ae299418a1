from . import connectors
from . import controllers
from . import connectors
from . import models
from . import wizard
from .hooks import post_init_hook
from . import wizard
