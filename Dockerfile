# What pages load from npm, pinned by the lock file.
FROM node:22-alpine AS web
WORKDIR /web
COPY package.json /web/
COPY package-lock.json /web/
RUN npm ci --omit=dev --no-audit --no-fund --ignore-scripts

# Odoo 19 as its makers ship it, plus the suite and the packages only the suite needs.
FROM odoo:19

USER root
RUN apt-get update \
    && apt-get install -y --no-install-recommends libgomp1 \
    && rm -rf /var/lib/apt/lists/*
COPY requirements/suite.txt /tmp/suite.txt
RUN pip3 install --no-cache-dir --break-system-packages --ignore-installed \
        --require-hashes --requirement /tmp/suite.txt \
    && rm /tmp/suite.txt
COPY addons /opt/open-dms/addons
COPY dms_simulator /opt/open-dms/dms_simulator
COPY --from=web /web/node_modules/leaflet/LICENSE \
    /opt/open-dms/addons/dms_vehicle/static/lib/leaflet/
COPY --from=web /web/node_modules/leaflet/dist/leaflet-src.js \
    /web/node_modules/leaflet/dist/leaflet.css \
    /opt/open-dms/addons/dms_vehicle/static/lib/leaflet/
COPY --from=web /web/node_modules/leaflet/dist/images \
    /opt/open-dms/addons/dms_vehicle/static/lib/leaflet/images
USER odoo
