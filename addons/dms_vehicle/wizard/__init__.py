from . import dms_vehicle_odometer
from . import dms_vehicle_passport_revoke
from . import dms_vehicle_receive
from . import dms_vehicle_transfer
