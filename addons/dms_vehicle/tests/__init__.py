from . import test_concurrency
from . import test_integrator
from . import test_search
from . import test_vin
from . import test_life
from . import test_allocation
from . import test_announcement
from . import test_import
