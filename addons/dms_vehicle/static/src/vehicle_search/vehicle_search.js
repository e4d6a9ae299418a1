import {Component, onWillStart, useState} from "@odoo/owl";
import {useAutofocus, useBus, useService} from "@web/core/utils/hooks";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useDebounced} from "@web/core/utils/timing";
import {useDropdownState} from "@web/core/dropdown/dropdown_hooks";
import {user} from "@web/core/user";

// A scanner may add the letter I in front, and people group the characters.
const VIN = /^I?([A-HJ-NPR-Z0-9]{17})$/;
const DELAY_MS = 200;
const MIN_LENGTH = 2;

class VehicleSearchInput extends Component {
    static template = "dms_vehicle.VehicleSearchInput";
    static props = {text: String, onText: Function};

    setup() {
        useAutofocus({mobile: true});
    }
}

/** Find any car from anywhere: VIN, its last characters, plate, owner or phone. */
export class VehicleSearch extends Component {
    static template = "dms_vehicle.VehicleSearch";
    static components = {Dropdown, DropdownItem, VehicleSearchInput};
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.dropdown = useDropdownState();
        this.last = new KeepLast();
        this.state = useState({text: "", cars: [], answered: ""});
        this.askLater = useDebounced(() => this.ask(), DELAY_MS);
        this.navigationOptions = {
            virtualFocus: true,
            isNavigationAvailable: () => this.dropdown.isOpen,
            hotkeys: {
                enter: {
                    isAvailable: () => true,
                    callback: (navigator) => this.onEnter(navigator.activeItem),
                    bypassEditableProtection: true,
                },
            },
        };
        onWillStart(async () => {
            this.isStaff = await user.hasGroup("dms_base.group_dms_user");
        });
        useBus(useService("barcode").bus, "barcode_scanned", (event) =>
            this.onScanned(event.detail.barcode),
        );
    }

    get isUnknown() {
        return Boolean(this.state.answered) && !this.state.cars.length;
    }

    find(text) {
        return this.orm.call("dms.vehicle", "find", [], {text});
    }

    onText(text) {
        this.state.text = text;
        this.askLater();
    }

    async ask() {
        const text = this.state.text.trim();
        const isLongEnough = text.length >= MIN_LENGTH;
        const answer = isLongEnough ? this.find(text) : Promise.resolve([]);
        this.state.cars = await this.last.add(answer);
        this.state.answered = isLongEnough ? text : "";
    }

    async onEnter(activeItem) {
        if (activeItem?.el.isConnected) {
            activeItem.select();
            return;
        }
        if (this.state.answered !== this.state.text.trim()) {
            this.askLater.cancel();
            await this.ask();
        }
        if (this.state.cars.length === 1) {
            this.open(this.state.cars[0]);
        }
    }

    async onScanned(barcode) {
        const [, vin] = barcode.toUpperCase().replace(/[\s-]/g, "").match(VIN) || [];
        // a screen on which one scans car after car takes what is scanned itself
        const isTaken = document.querySelector(".o_dms_takes_scans");
        if (!vin || !this.isStaff || isTaken) {
            return;
        }
        const cars = await this.find(vin);
        if (cars.length === 1) {
            this.open(cars[0]);
        } else {
            this.notification.add(_t("No car has VIN %s.", vin), {type: "warning"});
        }
    }

    details(car) {
        return [car.model, car.plate, car.owner, car.store].filter(Boolean).join(" · ");
    }

    open(car) {
        this.dropdown.close();
        return this.action.doAction({
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

registry
    .category("systray")
    .add("dms_vehicle.search", vehicleSearchItem, {sequence: 30});
