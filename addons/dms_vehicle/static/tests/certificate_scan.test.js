import {
    contains,
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {mailModels} from "@mail/../tests/mail_test_helpers";
import {press} from "@odoo/hoot-dom";

describe.current.tags("desktop");

class DmsCertificateCount extends models.Model {
    _name = "dms.certificate.count";

    scan = fields.Char();
    found = fields.Integer();

    _records = [{id: 1, found: 0}];
}

defineModels({...mailModels, DmsCertificateCount});

function mountCount() {
    return mountView({
        type: "form",
        resModel: "dms.certificate.count",
        resId: 1,
        arch: `
            <form>
                <field name="found" readonly="1"/>
                <field name="scan" widget="dms_certificate_scan"/>
            </form>`,
    });
}

test("Enter ticks off what was scanned and waits for the next", async () => {
    onRpc("dms.certificate.count", "scan_codes", function ({kwargs}) {
        expect.step(kwargs.text);
        this.env["dms.certificate.count"].write([1], {found: 1});
        return [{code: kwargs.text, result: "found", message: "there"}];
    });
    await mountCount();
    await contains(".o_field_widget[name=scan] input").edit("WAB1", {confirm: false});
    await press("Enter");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["WAB1"]);
    expect(".o_field_widget[name=scan] .alert-success").toHaveText("there");
    expect(".o_field_widget[name=found]").toHaveText("1");
    expect(".o_field_widget[name=scan] input").toHaveValue("");
    expect(".o_field_widget[name=scan] input").toBeFocused();
});

test("Enter without text asks nothing", async () => {
    onRpc("dms.certificate.count", "scan_codes", () => expect.step("asked"));
    await mountCount();
    await contains(".o_field_widget[name=scan] input").focus();
    await press("Enter");
    await animationFrame();
    expect.verifySteps([]);
});
