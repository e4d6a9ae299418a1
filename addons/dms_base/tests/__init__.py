from . import test_dms_group
from . import test_group_admin
from . import test_integrator
from . import test_isolation
from . import test_model_rules
from . import test_res_company
from . import test_roles
from . import test_store_open
