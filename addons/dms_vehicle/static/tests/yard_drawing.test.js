import {
    bounds,
    centroid,
    isInside,
    neighbour,
    nextCode,
    rectangle,
    snap,
    snapMove,
    translate,
} from "@dms_vehicle/yard_plan/geometry";
import {describe, expect, test} from "@odoo/hoot";
import {Draft} from "@dms_vehicle/yard_plan/draft";

describe.current.tags("headless");

const BOX = rectangle([0, 0], [2, 4]);

function draft() {
    return new Draft([
        {id: 1, code: "A-01", kind: "yard", polygon: BOX},
        {id: 2, code: "A-02", kind: "yard", polygon: translate(BOX, 2, 0)},
    ]);
}

test("a rectangle goes from corner to corner, whichever way it was dragged", () => {
    expect(rectangle([2, 4], [0, 0])).toEqual(BOX);
    expect(bounds(BOX)).toEqual({
        left: 0,
        top: 0,
        right: 2,
        bottom: 4,
        width: 2,
        height: 4,
    });
});

test("its middle and its inside", () => {
    expect(centroid(BOX)).toEqual([1, 2]);
    expect(isInside(BOX, [1, 1])).toBe(true);
    expect(isInside(BOX, [3, 1])).toBe(false);
});

test("a point goes to a corner within reach, or to a raster of 10 cm", () => {
    expect(snap([2.04, 3.9], BOX, 0.2)).toEqual([2, 4]);
    expect(snap([5.12, 5.18], BOX, 0.2)).toEqual([5.1, 5.2]);
});

test("a dragged slot meets its neighbour corner to corner", () => {
    expect(snapMove(BOX, 1.95, 0.04, translate(BOX, 4, 0), 0.2)).toEqual([2, 0]);
    expect(snapMove(BOX, 1.13, 0, [], 0.2)).toEqual([1.1, 0]);
});

test("arrow keys go to the next slot in their direction", () => {
    const [one, two] = draft().slots;
    expect(neighbour([one, two], one, [1, 0])).toBe(two);
    expect(neighbour([one, two], one, [-1, 0])).toBe(null);
});

test("codes follow one another", () => {
    expect(nextCode("A-09", new Set(["A-09"]))).toBe("A-10");
    expect(nextCode("A-01", new Set(["A-01", "A-02"]))).toBe("A-03");
    expect(nextCode("EXIT", new Set(["EXIT"]))).toBe("EXIT1");
    expect(nextCode("B-01", new Set())).toBe("B-01");
});

test("what was drawn is taken back step by step", () => {
    const plan = draft();
    expect(plan.isChanged).toBe(false);
    const [key] = plan.add([{code: "A-01", kind: "pdi", polygon: BOX}]);
    expect(plan.get(key).code).toBe("A-03");
    plan.mark();
    plan.set([key], () => ({kind: "yard"}));
    plan.undo();
    expect(plan.get(key).kind).toBe("pdi");
    plan.undo();
    expect(plan.slots.length).toBe(2);
    expect(plan.isChanged).toBe(false);
    plan.undo();
});

test("copies stand beside their originals", () => {
    const plan = draft();
    const keys = plan.duplicate(["s1", "s2"]);
    expect(keys.map((key) => plan.get(key).code)).toEqual(["A-03", "A-04"]);
    expect(plan.get(keys[0]).polygon).toEqual(translate(BOX, 4, 0));
    expect(plan.rows()[2].id).toBe(false);
});

test("removed slots come back", () => {
    const plan = draft();
    plan.remove(["s1"]);
    expect(plan.slots.map((slot) => slot.id)).toEqual([2]);
    plan.undo();
    expect(plan.rows().map((row) => row.id)).toEqual([1, 2]);
});
