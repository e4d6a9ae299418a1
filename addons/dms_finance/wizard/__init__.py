from . import dms_floorplan_draw
from . import dms_floorplan_draw_line
from . import dms_floorplan_pay
from . import dms_floorplan_charge
