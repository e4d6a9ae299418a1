from . import oem_pipeline
