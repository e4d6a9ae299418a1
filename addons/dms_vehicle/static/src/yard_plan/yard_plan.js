import {
    Component,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useState,
} from "@odoo/owl";
import {useBus, useService} from "@web/core/utils/hooks";
import {ConfirmationDialog} from "@web/core/confirmation_dialog/confirmation_dialog";
import {Draft} from "./draft";
import {KeepLast} from "@web/core/utils/concurrency";
import {YardCanvas} from "./yard_canvas";
import {YardGridDialog} from "./yard_grid_dialog";
import {YardImportDialog} from "./yard_import_dialog";
import {_t} from "@web/core/l10n/translation";
import {bounds} from "./geometry";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useSetupAction} from "@web/search/action_hook";

const DAY_MS = 86_400_000;
const DELAY_MS = 250;
const WARNING_DAYS = 60;
const DANGER_DAYS = 90;
const VIN_END = 6;
const KEPT = "dms_yard_site";
const BLANK = {
    sites: [],
    plan: null,
    slots: [],
    colour: "state",
    selected: [],
    card: null,
    text: "",
    found: null,
    blink: null,
    draft: null,
    tool: "select",
    saving: false,
};

/** A site as it is now: who stands where, live; and the editor of its plan. */
export class YardPlan extends Component {
    static template = "dms_vehicle.YardPlan";
    static components = {YardCanvas};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.bus = useService("bus_service");
        this.last = new KeepLast();
        this.state = useState({...BLANK});
        this.bindHandlers();
        this.listen();
        useSetupAction({
            beforeLeave: () => this.mayLeave(),
            beforeUnload: (event) => this.isChanged && event.preventDefault(),
        });
        onWillStart(() => this.start());
    }

    bindHandlers() {
        this.look = (slot) => this.looks(slot);
        this.onSelect = (key, adds) => this.select(key, adds);
        this.onChange = () => this.show();
        this.onDrawn = (polygon) => this.drawn(polygon);
        this.findLater = useDebounced(() => this.find(), DELAY_MS);
        this.onSlots = ({slots}) => this.follow(slots);
        this.onPlan = (news) => this.planChanged(news);
    }

    listen() {
        this.bus.subscribe("dms_yard_slots", this.onSlots);
        this.bus.subscribe("dms_yard_plan", this.onPlan);
        // what happened while the connection was lost nobody sends again
        const refresh = () => !this.state.draft && this.reload();
        this.bus.addEventListener("BUS:RECONNECT", refresh);
        useBus(useService("barcode").bus, "barcode_scanned", (event) =>
            this.findText(event.detail.barcode),
        );
        useExternalListener(window, "keydown", (event) => this.onKeydown(event));
        onWillUnmount(() => {
            this.bus.removeEventListener("BUS:RECONNECT", refresh);
            this.bus.unsubscribe("dms_yard_slots", this.onSlots);
            this.bus.unsubscribe("dms_yard_plan", this.onPlan);
            this.leave();
        });
    }

    async start() {
        const {
            site_id: siteId,
            vehicle_id: carId,
            slot_id: slotId,
        } = this.props.action.params || {};
        this.state.sites = await this.orm.call("dms.yard.site", "plans", []);
        const kept = parseInt(sessionStorage.getItem(KEPT), 10);
        const known = new Set(this.state.sites.map((site) => site.id));
        const first = [siteId, kept, this.state.sites[0]?.id].find((id) =>
            known.has(id),
        );
        if (first) {
            await this.open(first);
        }
        const slot = this.state.slots.find(
            (one) => one.id === slotId || (carId && one.vehicle_id === carId),
        );
        if (slot) {
            this.point(slot);
        }
    }

    // Sites

    get channel() {
        return this.state.plan && `dms_yard_site_${this.state.plan.id}`;
    }

    leave() {
        if (this.channel) {
            this.bus.deleteChannel(this.channel);
        }
    }

    async open(siteId) {
        const plan = await this.orm.call("dms.yard.site", "plan", [[siteId]]);
        this.leave();
        this.take(plan);
        sessionStorage.setItem(KEPT, siteId);
        this.bus.addChannel(this.channel);
        Object.assign(this.state, {selected: [], card: null, blink: null});
    }

    async change(value) {
        if (await this.mayLeave()) {
            this.state.draft = null;
            await this.open(parseInt(value, 10));
        } else {
            this.render();
        }
    }

    async reload() {
        if (this.state.plan) {
            this.take(
                await this.orm.call("dms.yard.site", "plan", [[this.state.plan.id]]),
            );
        }
    }

    take(plan) {
        this.state.plan = plan;
        this.state.slots = plan.slots.map((slot) => ({...slot, key: `s${slot.id}`}));
    }

    /** Somebody or something has seen cars. */
    follow(changed) {
        const news = new Map(changed.map((slot) => [slot.id, slot]));
        this.state.slots = this.state.slots.map((slot) =>
            news.has(slot.id) ? {...slot, ...news.get(slot.id)} : slot,
        );
        const shown = this.state.card?.id;
        if (shown && news.has(shown)) {
            this.showCard(shown);
        }
    }

    planChanged({site_id: siteId, revision}) {
        const {plan, saving} = this.state;
        // what was sent before this plan was read may come once more
        if (siteId !== plan?.id || revision <= plan.revision || saving) {
            return;
        }
        if (this.state.draft) {
            this.notification.add(_t("Somebody else has saved this plan meanwhile."), {
                type: "warning",
            });
        } else {
            this.reload();
        }
    }

    // Looking

    get slots() {
        return this.state.draft ? this.state.draft.slots : this.state.slots;
    }

    get stateNames() {
        return {
            free: _t("Free"),
            occupied: _t("Occupied"),
            unknown: _t("Occupied, car unknown"),
        };
    }

    get kinds() {
        return this.state.plan.kinds;
    }

    get legend() {
        if (this.state.draft || this.state.colour === "kind") {
            return this.kinds.map(([kind, name]) => [kind, name]);
        }
        if (this.state.colour === "age") {
            return [
                ["young", _t("up to 60 days")],
                ["old", _t("up to 90 days")],
                ["oldest", _t("older")],
                ["unknown", _t("age unknown")],
            ];
        }
        return Object.entries(this.stateNames);
    }

    count(key) {
        return this.slots.filter((slot) => this.looks(slot).colour === key).length;
    }

    looks(slot) {
        if (this.state.draft) {
            const [, name] = this.kinds.find(([kind]) => kind === slot.kind);
            return {colour: slot.kind, car: "", state: name};
        }
        const state = this.stateNames[slot.state];
        const car = slot.state === "unknown" ? "?" : slot.vin.slice(-VIN_END);
        return {colour: this.colour(slot), car, state};
    }

    colour(slot) {
        if (this.state.colour === "kind") {
            return slot.kind;
        }
        if (this.state.colour === "state" || slot.state === "free") {
            return slot.state;
        }
        if (!slot.received) {
            return "unknown";
        }
        const days = (Date.now() - Date.parse(slot.received)) / DAY_MS;
        if (days <= WARNING_DAYS) {
            return "young";
        }
        return days <= DANGER_DAYS ? "old" : "oldest";
    }

    select(key, adds) {
        const {selected} = this.state;
        if (!key) {
            this.state.selected = [];
        } else if (adds && this.state.draft) {
            this.state.selected = selected.includes(key)
                ? selected.filter((one) => one !== key)
                : [...selected, key];
        } else {
            this.state.selected = [key];
        }
        this.state.blink = null;
        const slot = this.state.draft
            ? null
            : this.slots.find((one) => one.key === key);
        if (slot) {
            this.showCard(slot.id);
        } else {
            this.state.card = null;
        }
    }

    async showCard(slotId) {
        this.state.card = await this.last.add(
            this.orm.call("dms.yard.slot", "card", [[slotId]]),
        );
    }

    openCar(carId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dms.vehicle",
            res_id: carId,
            views: [[false, "form"]],
        });
    }

    // Find my car

    onText(event) {
        this.state.text = event.target.value;
        this.findLater();
    }

    findText(text) {
        this.state.text = text;
        return this.find();
    }

    async find() {
        const text = this.state.text.trim();
        if (text.length < 4) {
            this.state.found = null;
            return;
        }
        const cars = await this.last.add(
            this.orm.call("dms.vehicle", "find_on_plan", [], {text}),
        );
        this.state.found = cars;
        if (cars.length === 1 && cars[0].slot_id) {
            await this.goTo(cars[0]);
        }
    }

    async goTo(car) {
        if (!car.slot_id || this.state.draft) {
            return;
        }
        if (car.site_id !== this.state.plan?.id) {
            await this.open(car.site_id);
        }
        const slot = this.state.slots.find((one) => one.id === car.slot_id);
        this.state.found = null;
        if (slot) {
            this.point(slot);
        }
    }

    /** Let a slot blink, close up, with its card. */
    point(slot) {
        this.state.selected = [slot.key];
        this.state.blink = slot.key;
        this.showCard(slot.id);
    }

    // Editing

    get isChanged() {
        return Boolean(this.state.draft?.isChanged);
    }

    get edited() {
        const [key, ...more] = this.state.selected;
        return more.length ? null : this.slots.find((slot) => slot.key === key);
    }

    get help() {
        return _t(
            "Choose a tool and draw, or add a grid. Click a slot to change it; hold Shift for several. Arrow keys move it by 10 cm, with Shift by 1 m.",
        );
    }

    size(slot) {
        const {width, height} = bounds(slot.polygon);
        return `${width.toFixed(2)} × ${height.toFixed(2)} m`;
    }

    edit() {
        Object.assign(this.state, {
            draft: new Draft(this.state.plan.slots),
            tool: "select",
            selected: [],
            card: null,
            found: null,
            blink: null,
        });
    }

    /** The draft is no reactive object: tell the screen that it has changed. */
    show() {
        this.render(true);
    }

    drawn(polygon) {
        const {draft} = this.state;
        const last = draft.slots.at(-1);
        const [shape] = [
            {code: last?.code || "A-01", kind: last?.kind || "yard", polygon},
        ];
        this.state.selected = draft.add([shape]);
        this.state.tool = "select";
        this.show();
    }

    addAll(shapes) {
        this.state.selected = this.state.draft.add(shapes);
        this.state.tool = "select";
        this.show();
    }

    undo() {
        this.state.draft.undo();
        this.state.selected = [];
        this.show();
    }

    duplicate() {
        if (this.state.selected.length) {
            this.state.selected = this.state.draft.duplicate(this.state.selected);
            this.show();
        }
    }

    remove() {
        if (this.state.selected.length) {
            this.state.draft.remove(this.state.selected);
            this.state.selected = [];
            this.show();
        }
    }

    setValue(name, value) {
        this.state.draft.mark();
        this.state.draft.set(this.state.selected, () => ({[name]: value}));
        this.show();
    }

    openGrid() {
        this.dialog.add(YardGridDialog, {
            kinds: this.kinds,
            onSlots: (shapes) => this.addAll(shapes),
        });
    }

    openImport() {
        this.dialog.add(YardImportDialog, {
            siteId: this.state.plan.id,
            hasPlace: this.state.plan.has_place,
            onSlots: (shapes) => this.addAll(shapes),
        });
    }

    async save() {
        const {plan, draft} = this.state;
        this.state.saving = true;
        try {
            const saved = await this.orm.call(
                "dms.yard.site",
                "save_plan",
                [[plan.id]],
                {
                    revision: plan.revision,
                    slots: draft.rows(),
                },
            );
            this.take(saved);
            Object.assign(this.state, {draft: null, selected: []});
            this.notification.add(_t("The plan is saved."), {type: "success"});
        } finally {
            this.state.saving = false;
        }
    }

    async discard() {
        if (await this.mayLeave()) {
            Object.assign(this.state, {draft: null, selected: []});
            await this.reload();
        }
    }

    /** Ask before changes are lost. */
    mayLeave() {
        if (!this.isChanged) {
            return true;
        }
        return new Promise((resolve) => {
            this.dialog.add(
                ConfirmationDialog,
                {
                    body: _t("The changes of the plan are not saved. Discard them?"),
                    confirmLabel: _t("Discard"),
                    confirm: () => resolve(true),
                    cancel: () => resolve(false),
                },
                {onClose: () => resolve(false)},
            );
        });
    }

    onKeydown(event) {
        const isTyping = event.target.closest("input, select, textarea, .modal");
        if (!this.state.draft || isTyping) {
            return;
        }
        const command = event.ctrlKey || event.metaKey;
        if (command && event.key === "z") {
            event.preventDefault();
            this.undo();
        } else if (command && event.key === "d") {
            event.preventDefault();
            this.duplicate();
        } else if (event.key === "Delete") {
            this.remove();
        }
    }
}

registry.category("actions").add("dms_yard_plan", YardPlan);
