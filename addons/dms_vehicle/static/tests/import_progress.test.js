import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {
    MockServer,
    defineModels,
    fields,
    models,
    mountView,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {mailModels} from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop");

class DmsVehicleImport extends models.Model {
    _name = "dms.vehicle.import";

    state = fields.Selection({
        selection: [
            ["running", "Running"],
            ["done", "Done"],
        ],
    });
    progress = fields.Float();

    _records = [{id: 1, state: "running", progress: 25}];
}

defineModels({...mailModels, DmsVehicleImport});

/** Let the server change the import, then let the poll come. */
async function onServer(values) {
    MockServer.env["dms.vehicle.import"].write([1], values);
    await advanceTime(2000);
    await animationFrame();
}

test("the bar follows a running import until it is done", async () => {
    await mountView({
        type: "form",
        resModel: "dms.vehicle.import",
        resId: 1,
        arch: `
            <form>
                <field name="state" readonly="1"/>
                <field name="progress" widget="dms_import_progress"/>
            </form>`,
    });
    expect(".o_progressbar").toHaveText(/25/);
    await onServer({progress: 75});
    expect(".o_progressbar").toHaveText(/75/);
    await onServer({progress: 100, state: "done"});
    expect(".o_progressbar").toHaveText(/100/);
    await onServer({progress: 1});
    expect(".o_progressbar").toHaveText(/100/);
});
