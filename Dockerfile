# Odoo 19 as its makers ship it, plus the suite and the packages only the suite needs.
FROM odoo:19

USER root
COPY requirements/suite.txt /tmp/suite.txt
RUN pip3 install --no-cache-dir --break-system-packages --ignore-installed \
        --require-hashes --requirement /tmp/suite.txt \
    && rm /tmp/suite.txt
COPY addons /opt/open-dms/addons
COPY dms_simulator /opt/open-dms/dms_simulator
USER odoo
