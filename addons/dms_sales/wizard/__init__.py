from . import dms_seal_load
