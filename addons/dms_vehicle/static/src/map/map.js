import {
    Component,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {addGraticule} from "./graticule";
import {loadLeaflet} from "./leaflet";

const CHINA = [
    [18, 74],
    [53, 135],
];
const NEAR_ZOOM = 7;
const LABELS = "o_dms_labels";

/** Make an element of plain text: what people typed never becomes HTML. */
export function element(className, ...content) {
    const el = document.createElement("span");
    el.className = className;
    el.append(...content);
    return el;
}

/**
 * A map of places and of lines between them.
 *
 * places: [{id, latitude, longitude, label, name, hint, badge, chosen}]
 * lines: [{id, points: [[latitude, longitude], …], label, active}]
 * tiles: {url, source}; without url a grid of degrees, and nobody is called
 */
export class DmsMap extends Component {
    static template = "dms_vehicle.Map";
    static props = {
        places: Array,
        lines: {type: Array, optional: true},
        tiles: {type: Object, optional: true},
        onPlace: {type: Function, optional: true},
        onLine: {type: Function, optional: true},
    };
    static defaultProps = {
        lines: [],
        tiles: {url: "", source: ""},
        onPlace: () => {},
        onLine: () => {},
    };

    setup() {
        this.root = useRef("root");
        this.state = useState({isMissing: false});
        onWillStart(() => this.load());
        onMounted(() => this.open());
        onWillUnmount(() => this.close());
        useEffect(
            () => this.draw(),
            () => [this.props.places, this.props.lines],
        );
    }

    async load() {
        try {
            this.L = await loadLeaflet();
        } catch {
            this.L = undefined;
        }
        this.state.isMissing = !this.L;
    }

    open() {
        if (!this.L) {
            return;
        }
        const L = this.L;
        this.map = L.map(this.root.el, {
            attributionControl: false,
            zoomControl: false,
            zoomSnap: 0.25,
            worldCopyJump: true,
        });
        this.map.on("zoomend", () => this.markNear());
        this.map.fitBounds(this.bounds(), {padding: [40, 40], maxZoom: 12});
        this.addControls();
        this.addBackground();
        this.map.createPane(LABELS).style.zIndex = 590; // below the places
        this.layers = L.layerGroup().addTo(this.map);
        this.observer = new ResizeObserver(() => this.map.invalidateSize());
        this.observer.observe(this.root.el);
        this.markNear();
    }

    close() {
        this.observer?.disconnect();
        this.map?.remove();
    }

    bounds() {
        const places = this.props.places.map((p) => [p.latitude, p.longitude]);
        return places.length ? this.L.latLngBounds(places) : CHINA;
    }

    addControls() {
        const titles = {zoomInTitle: _t("Zoom in"), zoomOutTitle: _t("Zoom out")};
        this.L.control.zoom(titles).addTo(this.map);
        this.L.control.scale({imperial: false}).addTo(this.map);
    }

    addBackground() {
        const {url, source} = this.props.tiles;
        if (!url) {
            addGraticule(this.L, this.map);
            return;
        }
        this.L.tileLayer(url, {maxZoom: 18}).addTo(this.map);
        const control = this.L.control.attribution({prefix: false}).addTo(this.map);
        control.addAttribution(element("", source).innerHTML);
    }

    /** Names have room from a certain zoom on. */
    markNear() {
        const isNear = this.map.getZoom() >= NEAR_ZOOM;
        this.root.el.classList.toggle("o_dms_map_near", isNear);
    }

    draw() {
        if (!this.layers) {
            return;
        }
        this.layers.clearLayers();
        const lines = [...this.props.lines].sort(
            (a, b) => Number(Boolean(a.active)) - Number(Boolean(b.active)),
        );
        lines.forEach((line) => this.drawLine(line)); // the active one on top
        this.props.places.forEach((place) => this.drawPlace(place));
    }

    drawPlace(place) {
        const html = element(
            `o_dms_pin ${place.chosen ? "o_dms_pin_chosen" : ""}`,
            element("o_dms_pin_label", place.label),
            element("o_dms_pin_name", place.name),
        );
        if (place.badge) {
            html.append(element("o_dms_pin_badge", place.badge));
        }
        const icon = this.L.divIcon({className: "o_dms_place", html, iconSize: null});
        const options = {
            icon,
            alt: place.name,
            riseOnHover: true,
            title: place.hint,
            zIndexOffset: place.chosen ? 1000 : 0,
        };
        this.L.marker([place.latitude, place.longitude], options)
            .on("click", () => this.props.onPlace(place.id))
            .addTo(this.layers);
    }

    drawLine(line) {
        const className = line.active ? "o_dms_way o_dms_way_active" : "o_dms_way";
        this.L.polyline(line.points, {className, weight: 4})
            .bindTooltip(element("", line.label), {
                className: "o_dms_way_label",
                direction: "center",
                interactive: true,
                pane: LABELS,
                permanent: true,
            })
            .on("click", () => this.props.onLine(line.id))
            .addTo(this.layers);
    }
}
