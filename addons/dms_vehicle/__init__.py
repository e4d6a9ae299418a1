from . import connectors, controllers, models, wizard
