import {
    contains,
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {describe, expect, press, runAllTimers, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {VehicleSearch} from "@dms_vehicle/vehicle_search/vehicle_search";
import {mailModels} from "@mail/../tests/mail_test_helpers";
import {user} from "@web/core/user";

describe.current.tags("desktop");

class DmsVehicle extends models.Model {
    _name = "dms.vehicle";
}

defineModels({...mailModels, DmsVehicle});

const CARS = [
    {
        id: 7,
        vin: "LFV2A21K6A3092399",
        plate: "沪AD12345",
        owner: "李娜",
        model: "E5",
        state: "In Stock",
        store: "East",
    },
    {
        id: 8,
        vin: "LFV2A21KXE4192399",
        plate: "",
        owner: "",
        model: "",
        state: "In Transit",
        store: "East",
    },
];

/** Mount the search; each question and each opened car is a step. */
async function mountSearch(answer, isStaff = true) {
    patchWithCleanup(user, {hasGroup: async () => isStaff});
    onRpc("dms.vehicle", "find", ({kwargs}) => {
        expect.step(`ask ${kwargs.text}`);
        return answer(kwargs.text);
    });
    await mountWithCleanup(VehicleSearch);
    patchWithCleanup(getService("action"), {
        doAction: (action) => expect.step(`open ${action.res_id}`),
    });
}

async function ask(text) {
    await contains(".o_dms_vehicle_search").click();
    await contains(".o_dms_vehicle_search_input").edit(text, {confirm: false});
    await runAllTimers();
    await animationFrame();
}

test("a hit says what the car is and where it stands", async () => {
    await mountSearch(() => CARS);
    await ask("092399");
    expect.verifySteps(["ask 092399"]);
    expect(".o_dms_vehicle_found").toHaveCount(2);
    expect(".o_dms_vehicle_found:first .small").toHaveText(
        "E5 · 沪AD12345 · 李娜 · East",
    );
    expect(".o_dms_vehicle_found:last .small").toHaveText("East");
});

test("one character asks nothing", async () => {
    await mountSearch(() => CARS);
    await ask("0");
    expect.verifySteps([]);
    expect(".o_dms_vehicle_found").toHaveCount(0);
    expect(".o_dms_vehicle_unknown").toHaveCount(0);
});

test("no hit is said plainly", async () => {
    await mountSearch(() => []);
    await ask("999999");
    expect.verifySteps(["ask 999999"]);
    expect(".o_dms_vehicle_unknown").toHaveCount(1);
});

test("Enter opens the only hit", async () => {
    await mountSearch(() => CARS.slice(0, 1));
    await ask("3092399");
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["ask 3092399", "open 7"]);
    expect(".o_dms_vehicle_search_input").toHaveCount(0);
});

test("Enter does not wait for the typing pause", async () => {
    await mountSearch(() => CARS.slice(0, 1));
    await contains(".o_dms_vehicle_search").click();
    await contains(".o_dms_vehicle_search_input").edit("3092399", {confirm: false});
    await press("Enter");
    await animationFrame();
    await runAllTimers();
    expect.verifySteps(["ask 3092399", "open 7"]);
});

test("of several hits the arrows choose one", async () => {
    await mountSearch(() => CARS);
    await ask("2399");
    await press("Enter");
    expect.verifySteps(["ask 2399"]);
    await press("ArrowDown");
    await press("ArrowDown");
    await animationFrame();
    expect(".o_dms_vehicle_found:last").toHaveClass("focus");
    expect(".o_dms_vehicle_search_input").toBeFocused();
    await press("Enter");
    await animationFrame();
    expect.verifySteps(["open 8"]);
});

test("a scanned VIN opens its car from anywhere", async () => {
    await mountSearch((text) => CARS.filter((car) => car.vin === text));
    const {bus} = getService("barcode");
    bus.trigger("barcode_scanned", {barcode: "I" + CARS[0].vin.toLowerCase()});
    await animationFrame();
    expect.verifySteps(["ask LFV2A21K6A3092399", "open 7"]);
    bus.trigger("barcode_scanned", {barcode: "LFV 2A21K-XE4192399"});
    await animationFrame();
    expect.verifySteps(["ask LFV2A21KXE4192399", "open 8"]);
});

test("an unknown VIN is told, another barcode ignored", async () => {
    await mountSearch(() => []);
    patchWithCleanup(getService("notification"), {
        add: (message) => expect.step(String(message)),
    });
    const {bus} = getService("barcode");
    bus.trigger("barcode_scanned", {barcode: "6901234567892"});
    bus.trigger("barcode_scanned", {barcode: CARS[0].vin});
    await animationFrame();
    expect.verifySteps(["ask LFV2A21K6A3092399", "No car has VIN LFV2A21K6A3092399."]);
});

test("who does not work with cars has no search", async () => {
    await mountSearch(() => CARS, false);
    expect(".o_dms_vehicle_search").toHaveCount(0);
});
