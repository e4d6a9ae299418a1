"""The other sides of the suite's connectors, as real servers for demos and tests.

Standard library only, no Odoo: ``python -m dms_simulator NAME --port 9001``.
"""

from .faults import Fault
from .registry import names, register, simulator
from .server import Simulator
from . import certificate_authority
from . import digital_invoice
from . import evm_node
from . import oem_echo
from . import osrm
from . import oem_pipeline
from . import sms_gateway
from . import timestamp_authority
from . import wechat
