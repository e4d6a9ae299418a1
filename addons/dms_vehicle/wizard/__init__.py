from . import dms_vehicle_passport_revoke
from . import dms_vehicle_receive
from . import dms_vehicle_transfer
from . import dms_certificate_batch
from . import dms_certificate_enter
from . import dms_certificate_refuse
from . import dms_certificate_report
from . import dms_certificate_resolve
