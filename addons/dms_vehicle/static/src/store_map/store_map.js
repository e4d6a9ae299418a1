import {Component, onWillStart, useState} from "@odoo/owl";
import {DmsMap} from "../map/map";
import {KeepLast} from "@web/core/utils/concurrency";
import {Layout} from "@web/search/layout";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const MODEL = "dms.store.map";
export const MOST = 8;

/** Return each pair of a list once. */
export function pairsOf(items) {
    return items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other]));
}

/** Return a time as people say it. */
export function durationText(minutes) {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    return hours
        ? _t("%(hours)s h %(minutes)s min", {hours, minutes: rest})
        : _t("%s min", rest);
}

/** The stores of the dealer group; between those chosen, how far it is. */
export class StoreMap extends Component {
    static template = "dms_vehicle.StoreMap";
    static components = {DmsMap, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.keepLast = new KeepLast();
        this.display = {controlPanel: {}};
        this.most = MOST;
        this.state = useState({
            stores: [],
            tiles: {url: "", source: ""},
            canManage: false,
            chosen: [],
            ways: [],
            active: null,
        });
        onWillStart(() => this.load());
    }

    async load() {
        const answer = await this.orm.call(MODEL, "dms_stores", []);
        this.state.stores = answer.stores;
        this.state.tiles = answer.tiles;
        this.state.canManage = answer.can_manage;
    }

    get located() {
        return this.state.stores.filter((store) => store.latitude !== null);
    }

    get lost() {
        return this.state.stores.filter((store) => store.latitude === null);
    }

    store(id) {
        return this.state.stores.find((store) => store.id === id);
    }

    isChosen(store) {
        return this.state.chosen.includes(store.id);
    }

    get places() {
        return this.located.map((store) => ({
            id: store.id,
            latitude: store.latitude,
            longitude: store.longitude,
            label: store.code || store.name,
            name: store.code ? store.name : "",
            hint: this.hint(store),
            badge: store.cars === null ? "" : String(store.cars),
            chosen: this.isChosen(store),
        }));
    }

    hint(store) {
        const about = [store.name, store.kind, store.city];
        if (store.cars !== null) {
            about.push(_t("%s cars in stock", store.cars));
        }
        return about.filter(Boolean).join(" · ");
    }

    way(from, to) {
        return this.state.ways.find((way) => way.from === from && way.to === to);
    }

    get lines() {
        return pairsOf(this.state.chosen)
            .filter(([from, to]) => this.way(from, to))
            .map(([from, to]) => this.line(from, to));
    }

    line(from, to) {
        const id = `${from}-${to}`;
        const ends = [this.store(from), this.store(to)];
        return {
            id,
            points: ends.map((store) => [store.latitude, store.longitude]),
            label: this.wayText(this.way(from, to)),
            active: id === this.state.active,
        };
    }

    wayText(way) {
        return `${way.km} km · ${durationText(way.minutes)}`;
    }

    sourceText(way) {
        return {
            great_circle: _t("Estimated from the straight line"),
            osrm: _t("By the router"),
            manual: _t("Entered by hand"),
        }[way.source];
    }

    /** There and back of the line that was clicked; of two stores it is theirs. */
    get card() {
        const [from, to] = (this.state.active || "").split("-").map(Number);
        const ways = [this.way(from, to), this.way(to, from)].filter(Boolean);
        return ways.map((way) => ({
            ...way,
            key: `${way.from}-${way.to}`,
            from: this.store(way.from).name,
            to: this.store(way.to).name,
            text: this.wayText(way),
            by: this.sourceText(way),
        }));
    }

    toggle(id) {
        const {chosen} = this.state;
        if (!chosen.includes(id) && chosen.length >= MOST) {
            this.notification.add(_t("Choose at most %s stores.", MOST), {
                type: "warning",
            });
            return;
        }
        this.state.chosen = chosen.includes(id)
            ? chosen.filter((other) => other !== id)
            : [...chosen, id];
        return this.measure();
    }

    clear() {
        this.state.chosen = [];
        return this.measure();
    }

    async measure() {
        const {chosen} = this.state;
        const asked =
            chosen.length < 2
                ? Promise.resolve([])
                : this.orm.call(MODEL, "dms_ways", [chosen]);
        this.state.ways = await this.keepLast.add(asked);
        this.state.active = chosen.length > 1 ? chosen.slice(-2).join("-") : null;
    }

    choose(line) {
        this.state.active = line;
    }

    openDistances() {
        return this.action.doAction("dms_vehicle.dms_store_distance_action");
    }

    openSettings() {
        return this.action.doAction("dms_vehicle.dms_routing_settings_action");
    }
}

registry.category("actions").add("dms_vehicle.store_map", StoreMap);
