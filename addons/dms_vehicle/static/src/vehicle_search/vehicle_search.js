import {Component, useRef, useState} from "@odoo/owl";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {user} from "@web/core/user";

const VIN = /^[A-HJ-NPR-Z0-9]{17}$/i;
const DELAY_MS = 200;

class VehicleSearchInput extends Component {
    static template = "dms_vehicle.VehicleSearchInput";
    static props = {search: Object, close: Function};

    setup() {
        this.input = useAutofocus();
        this.ask = useDebounced(() => this.props.search.ask(), DELAY_MS);
    }
}

/** Find any car from anywhere: VIN, its last 6-8 characters, plate or owner. */
export class VehicleSearch extends Component {
    static template = "dms_vehicle.VehicleSearch";
    static components = {Dropdown, DropdownItem, VehicleSearchInput};
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.dropdown = useDropdownState();
        this.last = new KeepLast();
        this.state = useState({text: "", cars: [], asked: false});
        this.search = {state: this.state, ask: () => this.ask()};
        useBus(useService("barcode").bus, "barcode_scanned", (event) =>
            this.onScanned(event.detail.barcode)
        );
    }

    async find(text) {
        return this.last.add(this.orm.call("dms.vehicle", "find", [], {text}));
    }

    async ask() {
        const text = this.state.text.trim();
        this.state.cars = text.length > 1 ? await this.find(text) : [];
        this.state.asked = text.length > 1;
    }

    async onScanned(barcode) {
        if (!VIN.test(barcode)) {
            return;
        }
        const cars = await this.find(barcode);
        if (cars.length === 1) {
            this.open(cars[0]);
        } else {
            this.notification.add(_t("No car has VIN %s.", barcode), {type: "warning"});
        }
    }

    open(car) {
        this.dropdown.close();
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "dms.vehicle",
            res_id: car.id,
            views: [[false, "form"]],
        });
    }
}

export const vehicleSearchItem = {
    Component: VehicleSearch,
    isDisplayed: () => user.isInternalUser,
};

registry.category("systray").add("dms_vehicle.search", vehicleSearchItem, {sequence: 30});
