import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {DmsMap} from "../map/map";

/** A route on the map, from its points. */
export class DriveLineField extends Component {
    static template = "dms_vehicle.DriveLineField";
    static components = {DmsMap};
    static props = {...standardFieldProps};

    get points() {
        const points = this.props.record.data[this.props.name] || [];
        return points.filter((point) => point.latitude || point.longitude);
    }

    get places() {
        return this.points.map((point, index) => ({
            id: index + 1,
            latitude: point.latitude,
            longitude: point.longitude,
            label: String(index + 1),
            name: point.name || "",
            hint: point.name || "",
        }));
    }

    get lines() {
        const points = this.points.map((point) => [point.latitude, point.longitude]);
        return points.length > 1 ? [{id: 1, points, label: "", active: true}] : [];
    }
}

registry.category("fields").add("dms_drive_line", {
    component: DriveLineField,
    supportedTypes: ["json"],
});
