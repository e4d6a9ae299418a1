import {
    Component,
    onMounted,
    onWillUpdateProps,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {bounds, centroid, neighbour, rectangle, snap, snapMove} from "./geometry";
import {_t} from "@web/core/l10n/translation";

const ARROWS = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
};
const ZOOM = 1.25;
const CLOSE_UP_M = 30;
const SMALLEST_M = 4;
const MARGIN = 0.03;
const SLIP_PX = 4;

/** The drawing itself: looks at slots or, with a draft, changes them. */
export class YardCanvas extends Component {
    static template = "dms_vehicle.YardCanvas";
    static props = {
        plan: Object,
        slots: Array,
        look: Function,
        // by what slots are coloured; look() knows, this makes a change seen
        colour: String,
        selected: Array,
        onSelect: Function,
        blink: {optional: true},
        draft: {type: Object, optional: true},
        tool: {type: String, optional: true},
        onChange: {type: Function, optional: true},
        onDrawn: {type: Function, optional: true},
    };

    setup() {
        this.svg = useRef("svg");
        this.state = useState({
            ...this.whole(this.props.plan),
            focus: null,
            drawn: [],
            pointer: null,
        });
        this.drag = null;
        this.fingers = new Map();
        onMounted(() => this.props.blink && this.closeUp(this.props.blink));
        onWillUpdateProps((next) => this.follow(next));
        useEffect(
            (key) => {
                if (key) {
                    this.closeUp(key);
                }
            },
            () => [this.props.blink],
        );
    }

    follow(next) {
        if (next.plan.id !== this.props.plan.id) {
            Object.assign(this.state, this.whole(next.plan));
        }
        if (next.tool !== this.props.tool) {
            this.state.drawn = [];
        }
    }

    // What is seen of the plan

    whole({width, height}) {
        const edge = Math.max(width, height) * MARGIN;
        return {x: -edge, y: -edge, w: width + 2 * edge, h: height + 2 * edge};
    }

    get viewBox() {
        const {x, y, w, h} = this.state;
        return `${x} ${y} ${w} ${h}`;
    }

    fit() {
        Object.assign(this.state, this.whole(this.props.plan));
    }

    zoom(factor, at) {
        const {x, y, w, h} = this.state;
        const [px, py] = at || [x + w / 2, y + h / 2];
        const limit = Math.max(this.props.plan.width, this.props.plan.height) * 3;
        const wide = Math.min(limit, Math.max(SMALLEST_M, w * factor));
        const real = wide / w;
        Object.assign(this.state, {
            x: px - (px - x) * real,
            y: py - (py - y) * real,
            w: wide,
            h: h * real,
        });
    }

    /** Show a slot with what is around it. */
    closeUp(key) {
        const slot = this.props.slots.find((one) => one.key === key);
        if (!slot) {
            return;
        }
        const [x, y] = centroid(slot.polygon);
        const {w, h} = this.whole(this.props.plan);
        const wide = Math.min(w, CLOSE_UP_M);
        const high = (h * wide) / w;
        Object.assign(this.state, {x: x - wide / 2, y: y - high / 2, w: wide, h: high});
    }

    onWheel(event) {
        this.zoom(event.deltaY > 0 ? ZOOM : 1 / ZOOM, this.point(event));
    }

    point(event) {
        const matrix = this.svg.el.getScreenCTM().inverse();
        const {x, y} = new DOMPoint(event.clientX, event.clientY).matrixTransform(
            matrix,
        );
        return [x, y];
    }

    /** How many metres a pixel is. */
    get pixel() {
        const matrix = this.svg.el?.getScreenCTM();
        return matrix ? 1 / matrix.a : 0.1;
    }

    get reach() {
        return this.pixel * 10;
    }

    // How a slot looks

    points(polygon) {
        return polygon.map((corner) => corner.join(",")).join(" ");
    }

    text(slot) {
        const {width, height} = bounds(slot.polygon);
        const [x, y] = centroid(slot.polygon);
        const {car} = this.props.look(slot);
        const letters = Math.max(slot.code.length, 4);
        const size = Math.min(width / (0.82 * letters), height / (car ? 3 : 2), 1.6);
        const small = car ? Math.min(width / (0.72 * car.length), height / 3, 1.4) : 0;
        return {x, y, size, car, small};
    }

    isSelected(slot) {
        return this.props.selected.includes(slot.key);
    }

    get edited() {
        const [key, ...more] = this.props.selected;
        return this.props.draft && key && !more.length
            ? this.props.slots.find((slot) => slot.key === key)
            : null;
    }

    middles(slot) {
        return slot.polygon.map(([ax, ay], place) => {
            const [bx, by] = slot.polygon[(place + 1) % slot.polygon.length];
            return [(ax + bx) / 2, (ay + by) / 2];
        });
    }

    get preview() {
        const {drawn, pointer} = this.state;
        if (this.props.tool === "rectangle") {
            return drawn.length && pointer ? rectangle(drawn[0], pointer) : [];
        }
        return pointer && drawn.length ? [...drawn, pointer] : drawn;
    }

    // Keys

    tabindex(slot) {
        const first = this.state.focus || this.props.slots[0]?.key;
        return slot.key === first ? 0 : -1;
    }

    onKeydown(event) {
        const slot = this.props.slots.find((one) => one.key === this.state.focus);
        if (event.key === "Escape") {
            this.escape();
        } else if (event.key === "Enter" && this.state.drawn.length > 2) {
            this.close();
        } else if (ARROWS[event.key]) {
            this.onArrow(event, slot);
        } else if (slot && ["Enter", " "].includes(event.key)) {
            event.preventDefault();
            this.props.onSelect(slot.key, event.shiftKey);
        } else {
            this.onZoomKey(event.key);
        }
    }

    onZoomKey(key) {
        if (key === "+" || key === "-") {
            this.zoom(key === "-" ? ZOOM : 1 / ZOOM);
        } else if (key === "0") {
            this.fit();
        }
    }

    onArrow(event, slot) {
        event.preventDefault();
        const [dx, dy] = ARROWS[event.key];
        if (this.props.draft && slot && this.isSelected(slot)) {
            const step = event.shiftKey ? 1 : 0.1;
            this.props.draft.mark();
            this.shift(dx * step, dy * step);
        } else {
            this.focusNext(slot, [dx, dy]);
        }
    }

    focusNext(slot, direction) {
        const {slots} = this.props;
        const next = slot ? neighbour(slots, slot, direction) : slots[0];
        if (next) {
            this.state.focus = next.key;
            this.svg.el.querySelector(`[data-key="${next.key}"]`)?.focus();
        }
    }

    escape() {
        this.drag = null;
        this.state.drawn = [];
        this.props.onSelect(null);
    }

    // Fingers and mice

    onPointerdown(event) {
        if (event.button) {
            return;
        }
        this.svg.el.setPointerCapture(event.pointerId);
        this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
        if (this.fingers.size > 1) {
            this.startPinch();
        } else {
            this.press(event);
        }
    }

    press(event) {
        const target = event.target.closest("[data-corner], [data-middle], [data-key]");
        const at = this.point(event);
        if (this.props.draft && this.props.tool !== "select") {
            this.startDrawing(at);
        } else if (target?.dataset.corner || target?.dataset.middle) {
            this.startCorner(target.dataset);
        } else {
            this.startSlot(event, target, at);
        }
    }

    /** Two fingers move the plan as a whole, whatever one of them had begun. */
    startPinch() {
        this.drag = null;
        if (this.props.tool === "rectangle") {
            this.state.drawn = [];
        }
        this.spread = this.pinched().spread;
    }

    pinched() {
        const [[ax, ay], [bx, by]] = this.fingers.values();
        return {
            spread: Math.hypot(ax - bx, ay - by),
            clientX: (ax + bx) / 2,
            clientY: (ay + by) / 2,
        };
    }

    pinch() {
        const now = this.pinched();
        if (now.spread && this.spread) {
            this.zoom(this.spread / now.spread, this.point(now));
        }
        this.spread = now.spread;
    }

    startSlot(event, target, at) {
        const key = target?.dataset.key;
        const isMove = Boolean(this.props.draft && key);
        const isNew = isMove && !this.props.selected.includes(key);
        const keys = this.kept(key, isNew, event.shiftKey);
        this.drag = {
            kind: isMove ? "slots" : "plan",
            key,
            keys,
            isNew,
            shiftKey: event.shiftKey,
            from: at,
            screen: [event.clientX, event.clientY],
            view: [this.state.x, this.state.y],
            moved: false,
        };
        if (key) {
            this.state.focus = key;
        }
    }

    /** Select a slot that a drag begins on, and say which ones it takes along. */
    kept(key, isNew, adds) {
        const {selected} = this.props;
        if (!isNew) {
            return selected;
        }
        this.props.onSelect(key, adds);
        return adds ? [...selected, key] : [key];
    }

    startCorner({corner, middle}) {
        const slot = this.edited;
        this.props.draft.mark();
        let place = parseInt(corner, 10);
        if (middle) {
            place = parseInt(middle, 10) + 1;
            const polygon = slot.polygon.toSpliced(
                place,
                0,
                this.middles(slot)[place - 1],
            );
            this.props.draft.set([slot.key], () => ({polygon}));
        }
        this.drag = {kind: "corner", key: slot.key, place, moved: true};
    }

    startDrawing(at) {
        const point = snap(at, this.corners([]), this.reach);
        if (this.props.tool === "rectangle") {
            this.state.drawn = [point];
            this.state.pointer = point;
            this.drag = {kind: "rectangle"};
            return;
        }
        const [first] = this.state.drawn;
        const closes =
            this.state.drawn.length > 2 &&
            Math.hypot(first[0] - point[0], first[1] - point[1]) < this.reach;
        if (closes) {
            this.close();
        } else {
            this.state.drawn.push(point);
        }
    }

    corners(without) {
        return this.props.slots
            .filter((slot) => !without.includes(slot.key))
            .flatMap((slot) => slot.polygon);
    }

    onPointermove(event) {
        if (this.fingers.has(event.pointerId)) {
            this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
        }
        if (this.fingers.size > 1) {
            this.pinch();
        } else {
            this.move(event);
        }
    }

    move(event) {
        const at = this.point(event);
        if (this.props.draft && this.props.tool !== "select") {
            this.state.pointer = snap(at, this.corners([]), this.reach);
        }
        if (!this.drag) {
            return;
        }
        if (this.drag.kind === "corner") {
            this.dragCorner(at);
        } else if (this.drag.kind !== "rectangle") {
            this.dragOn(event, at);
        }
    }

    dragCorner(at) {
        const {key, place} = this.drag;
        const point = snap(at, this.corners([key]), this.reach);
        this.props.draft.set([key], (slot) => ({
            polygon: slot.polygon.with(place, point),
        }));
        this.props.onChange();
    }

    dragOn(event, at) {
        const {screen, kind, moved} = this.drag;
        const [sx, sy] = [event.clientX - screen[0], event.clientY - screen[1]];
        if (!moved && Math.hypot(sx, sy) < SLIP_PX) {
            return;
        }
        this.drag.moved = true;
        if (kind === "plan") {
            this.dragPlan(sx, sy);
            return;
        }
        if (!moved) {
            this.props.draft.mark();
            const {keys} = this.drag;
            this.drag.before = this.props.slots.filter(({key}) => keys.includes(key));
        }
        this.dragSlots(at);
    }

    dragPlan(sx, sy) {
        const [x, y] = this.drag.view;
        this.state.x = x - sx * this.pixel;
        this.state.y = y - sy * this.pixel;
    }

    dragSlots(at) {
        const {before, from} = this.drag;
        const keys = before.map((slot) => slot.key);
        const [dx, dy] = snapMove(
            before.length > 20 ? [] : before.flatMap((slot) => slot.polygon),
            at[0] - from[0],
            at[1] - from[1],
            this.corners(keys),
            this.reach,
        );
        const start = new Map(before.map((slot) => [slot.key, slot.polygon]));
        this.props.draft.set(keys, (slot) => ({
            polygon: this.moved(start.get(slot.key), dx, dy),
        }));
        this.props.onChange();
    }

    moved(polygon, dx, dy) {
        return polygon.map(([x, y]) =>
            [x + dx, y + dy].map((n) => Math.round(n * 100) / 100),
        );
    }

    shift(dx, dy) {
        this.props.draft.set(this.props.selected, (slot) => ({
            polygon: this.moved(slot.polygon, dx, dy),
        }));
        this.props.onChange();
    }

    /** The phone wants the finger for something else: what it had begun is over. */
    onPointercancel(event) {
        this.fingers.delete(event.pointerId);
        this.drag = null;
    }

    onPointerup(event) {
        this.fingers.delete(event.pointerId);
        const drag = this.drag;
        this.drag = null;
        if (!drag) {
            return;
        }
        if (drag.kind === "rectangle") {
            this.close();
        } else if (drag.kind === "corner") {
            this.props.onChange();
        } else if (!drag.moved && !drag.isNew) {
            const adds = drag.shiftKey && Boolean(this.props.draft);
            this.props.onSelect(drag.key || null, adds);
        }
    }

    onDblclick(event) {
        const {corner} = event.target.dataset;
        const slot = this.edited;
        if (this.state.drawn.length > 2) {
            this.close();
        } else if (corner && slot?.polygon.length > 3) {
            this.props.draft.mark();
            const polygon = slot.polygon.toSpliced(parseInt(corner, 10), 1);
            this.props.draft.set([slot.key], () => ({polygon}));
            this.props.onChange();
        }
    }

    /** End what is being drawn; a slip of the hand draws nothing. */
    close() {
        const polygon =
            this.props.tool === "rectangle" ? this.preview : [...this.state.drawn];
        this.state.drawn = [];
        const {width, height} =
            polygon.length > 2 ? bounds(polygon) : {width: 0, height: 0};
        if (width >= 0.5 && height >= 0.5) {
            this.props.onDrawn(polygon);
        }
    }

    label(slot) {
        const {car, state} = this.props.look(slot);
        return car
            ? _t("%(slot)s, %(state)s: %(car)s", {slot: slot.code, state, car})
            : `${slot.code}, ${state}`;
    }
}
