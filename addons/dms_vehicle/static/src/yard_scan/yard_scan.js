import {_t} from "@web/core/l10n/translation";
import {Component, onMounted, useRef, useState} from "@odoo/owl";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useBus, useService} from "@web/core/utils/hooks";

const SHOWN = 6;

/** Slot, car, slot, car: scan one after the other while walking through the yard. */
export class YardScan extends Component {
    static template = "dms_vehicle.YardScan";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.input = useRef("input");
        this.hasCamera = isBarcodeScannerSupported();
        this.slotHint = _t("Label of a slot");
        this.help = _t(
            "Then scan the VIN behind the windscreen, or type its last six characters. To look for a car, scan or type it first.",
        );
        this.carHint = _t("VIN or its last six");
        this.state = useState({
            slot: null,
            cars: [],
            error: "",
            done: [],
            busy: false,
        });
        useBus(useService("barcode").bus, "barcode_scanned", (event) =>
            this.scan(event.detail.barcode),
        );
        onMounted(() => this.input.el.focus());
    }

    onSubmit() {
        const text = this.input.el.value;
        this.input.el.value = "";
        return this.scan(text);
    }

    async useCamera() {
        const text = await scanBarcode(this.env);
        if (text) {
            await this.scan(text);
        }
    }

    /** Do something on the server; what it refuses is said here, in place. */
    async ask(call) {
        this.state.busy = true;
        this.state.error = "";
        try {
            return await call();
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.error = error.data.message;
            navigator.vibrate?.(300);
            return null;
        } finally {
            this.state.busy = false;
            this.input.el?.focus();
        }
    }

    call(method, values) {
        return this.orm.silent.call("dms.yard.sighting", method, [], values);
    }

    async scan(text) {
        if (!text.trim() || this.state.busy) {
            return;
        }
        const slotId = this.state.slot?.id || false;
        const answer = await this.ask(() => this.call("look", {text, slot_id: slotId}));
        if (!answer) {
            return;
        }
        if (answer.slot) {
            Object.assign(this.state, {slot: answer.slot, cars: []});
        } else if (this.state.slot && answer.cars.length === 1) {
            await this.park(answer.cars[0]);
        } else {
            this.state.cars = answer.cars;
        }
    }

    /** A car was chosen before its slot, or among several. */
    choose(car) {
        if (this.state.slot) {
            return this.park(car);
        }
        return car.slot_id ? this.showOnPlan(car) : this.openCar(car);
    }

    async park(car) {
        const {slot} = this.state;
        const values = {slot_id: slot.id, vehicle_id: car.id, key: this.key()};
        this.finish(await this.ask(() => this.call("park", values)));
    }

    async vacate() {
        const values = {slot_id: this.state.slot.id, key: this.key()};
        this.finish(await this.ask(() => this.call("vacate", values)));
    }

    key() {
        return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;
    }

    finish(answer) {
        if (answer) {
            const entry = {...answer, key: this.key()};
            this.state.done = [entry, ...this.state.done].slice(0, SHOWN);
            Object.assign(this.state, {slot: null, cars: []});
        }
    }

    cancel() {
        Object.assign(this.state, {slot: null, cars: [], error: ""});
        this.input.el.focus();
    }

    showOnPlan(car) {
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "dms_yard_plan",
            params: {site_id: car.site_id, vehicle_id: car.id},
        });
    }

    openCar(car) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dms.vehicle",
            res_id: car.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("dms_yard_scan", YardScan);
