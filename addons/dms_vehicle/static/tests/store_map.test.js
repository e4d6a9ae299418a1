import {MOST, durationText, pairsOf} from "@dms_vehicle/store_map/store_map";
import {describe, expect, test} from "@odoo/hoot";
import {degreeText, degreesBetween, stepFor} from "@dms_vehicle/map/graticule";
import {
    contains,
    getService,
    makeMockEnv,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";
import {animationFrame} from "@odoo/hoot-mock";
import {assets} from "@web/core/assets";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";

describe.current.tags("desktop");
defineMailModels();

const SHANGHAI = {latitude: 31.2304, longitude: 121.4737};
const BEIJING = {latitude: 39.9042, longitude: 116.4074};
const NOWHERE = {latitude: null, longitude: null};

function store(id, place, cars = null) {
    return {
        id,
        name: `Store ${id}`,
        code: `S${id}`,
        kind: "4S store",
        city: "City",
        cars,
        ...place,
    };
}

function answerWith(stores, more = {}) {
    onRpc("dms.store.map", "dms_stores", () => ({
        stores,
        tiles: {url: "", source: ""},
        can_manage: false,
        ...more,
    }));
    onRpc("dms.store.map", "dms_ways", ({args}) => {
        const ids = args[0];
        expect.step(ids.join(","));
        return pairsOf(ids).flatMap(([one, other]) => [
            {from: one, to: other, km: 1212.5, minutes: 745, source: "osrm"},
            {from: other, to: one, km: 1300, minutes: 60, source: "great_circle"},
        ]);
    });
}

async function mountMap() {
    await mountWithCleanup(WebClient);
    const action = {type: "ir.actions.client", tag: "dms_vehicle.store_map"};
    await getService("action").doAction(action);
    await animationFrame();
}

async function choose(number) {
    await contains(`.o_dms_store_row:eq(${number}) input`).click();
    await animationFrame();
}

test("stores are pins with their code and their cars", async () => {
    answerWith([store(1, SHANGHAI, 23), store(2, BEIJING)]);
    await mountMap();
    expect(".o_dms_pin").toHaveCount(2);
    expect(".o_dms_pin_label:first").toHaveText("S1");
    expect(".o_dms_pin_badge").toHaveCount(1);
    expect(".o_dms_pin_badge").toHaveText("23");
});

test("without tiles a grid is drawn and no picture is asked for", async () => {
    answerWith([store(1, SHANGHAI), store(2, BEIJING)]);
    await mountMap();
    expect("path.o_dms_graticule").not.toHaveCount(0);
    expect(".o_dms_map img").toHaveCount(0);
});

test("the source of the tiles is text, whatever it looks like", async () => {
    const source = "<img class='evil' src='x'>© OSM";
    const tiles = {url: "/dms_vehicle/none/{z}/{x}/{y}.png", source};
    answerWith([store(1, SHANGHAI)], {tiles});
    await mountMap();
    expect(".leaflet-control-attribution").toHaveText(source);
    expect(".evil").toHaveCount(0);
    expect("path.o_dms_graticule").toHaveCount(0);
    expect(".leaflet-tile-pane img").not.toHaveCount(0);
});

test("a name is text, whatever it looks like", async () => {
    answerWith([{...store(1, SHANGHAI), name: "<b class='evil'>A</b>"}]);
    await mountMap();
    expect(".evil").toHaveCount(0);
});

test("two chosen stores are joined by a line with distance and time", async () => {
    answerWith([store(1, SHANGHAI), store(2, BEIJING)]);
    await mountMap();
    expect(".o_dms_store_map_hint").toHaveCount(1);
    await choose(0);
    expect("path.o_dms_way").toHaveCount(0);
    await choose(1);
    expect.verifySteps(["1,2"]);
    expect("path.o_dms_way").toHaveCount(1);
    expect(".o_dms_way_label").toHaveText("1212.5 km · 12 h 25 min");
    expect(".o_dms_distance_card .fs-4").toHaveCount(2);
    expect(".o_dms_distance_card").toHaveText(/By the router/);
    expect(".o_dms_distance_card").toHaveText(/Estimated from the straight line/);
});

test("a pin chooses its store, too", async () => {
    answerWith([store(1, SHANGHAI), store(2, BEIJING)]);
    await mountMap();
    await contains(".o_dms_pin:eq(0)").click();
    await contains(".o_dms_pin:eq(1)").click();
    await animationFrame();
    expect.verifySteps(["1,2"]);
    expect(".o_dms_pin_chosen").toHaveCount(2);
    expect(".o_dms_store_row input:checked").toHaveCount(2);
});

test("a click on a line shows its pair", async () => {
    answerWith(
        [1, 2, 3].map((id) => store(id, {latitude: 30 + id, longitude: 110 + id * id})),
    );
    await mountMap();
    await choose(0);
    await choose(1);
    await choose(2);
    expect.verifySteps(["1,2", "1,2,3"]);
    expect("path.o_dms_way").toHaveCount(3);
    expect(".o_dms_distance_card").toHaveText(/Store 2/);
    expect(".o_dms_distance_card").toHaveText(/Store 3/);
    await contains(".o_dms_way_label:eq(0)").click();
    expect(".o_dms_distance_card").toHaveText(/Store 1/);
    expect("path.o_dms_way_active").toHaveCount(1);
});

test("nothing chosen any more leaves no line", async () => {
    answerWith([store(1, SHANGHAI), store(2, BEIJING)]);
    await mountMap();
    await choose(0);
    await choose(1);
    await contains("button:contains(Choose None)").click();
    await animationFrame();
    expect("path.o_dms_way").toHaveCount(0);
    expect(".o_dms_distance_card").toHaveCount(0);
    expect.verifySteps(["1,2"]);
});

test("a store without coordinates is listed and cannot be chosen", async () => {
    answerWith([store(1, SHANGHAI), store(2, NOWHERE)]);
    await mountMap();
    expect(".o_dms_pin").toHaveCount(1);
    expect(".o_dms_store_row").toHaveCount(1);
    expect(".o_dms_store_map_side").toHaveText(/Without coordinates\s+Store 2/);
});

test("so many stores can be chosen and no more", async () => {
    const many = Array.from({length: MOST + 1}, (_, n) =>
        store(n + 1, {latitude: 30 + n, longitude: 110 + n}),
    );
    answerWith(many);
    await mountMap();
    for (let n = 0; n < MOST; n++) {
        await choose(n);
    }
    expect(`.o_dms_store_row:eq(${MOST}) input`).not.toBeEnabled();
    expect.verifySteps(
        Array.from({length: MOST - 1}, (_, n) =>
            Array.from({length: n + 2}, (__, i) => i + 1).join(","),
        ),
    );
});

test("without Leaflet a message says what to do, and distances are still known", async () => {
    patchWithCleanup(assets, {loadJS: () => Promise.reject(new Error("404"))});
    answerWith([store(1, SHANGHAI), store(2, BEIJING)]);
    await mountMap();
    expect(".o_dms_map_missing").toHaveText(/Leaflet/);
    expect(".o_dms_map").toHaveCount(0);
    await choose(0);
    await choose(1);
    expect(".o_dms_distance_card").toHaveText(/1212.5 km/);
    expect.verifySteps(["1,2"]);
});

test("only who manages the group is offered its settings", async () => {
    answerWith([store(1, SHANGHAI)], {can_manage: true});
    await mountMap();
    expect("button:contains(Map and Distances)").toHaveCount(1);
});

test("without a store it says so", async () => {
    answerWith([]);
    await mountMap();
    expect(".o_dms_store_map_side").toHaveText(/no store of a dealer group/);
});

test("pairs, times and degrees", async () => {
    await makeMockEnv();
    expect(pairsOf([1, 2, 3])).toEqual([
        [1, 2],
        [1, 3],
        [2, 3],
    ]);
    expect(durationText(59).toString()).toBe("59 min");
    expect(durationText(125).toString()).toBe("2 h 5 min");
    expect(stepFor(24, 390)).toBe(5);
    expect(stepFor(0.001, 390)).toBe(0.01);
    expect(stepFor(3600, 390)).toBe(45);
    expect(degreesBetween(-11, 12, 5)).toEqual([-10, -5, 0, 5, 10]);
    expect(degreesBetween(1, 4, 5)).toEqual([]);
    expect([30, -5.5, 0].map((n) => degreeText(n, "NS"))).toEqual([
        "30°N",
        "5.5°S",
        "0°",
    ]);
});
