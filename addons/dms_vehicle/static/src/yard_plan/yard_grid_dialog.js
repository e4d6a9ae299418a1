import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** Rows and columns of equal slots. */
export class YardGridDialog extends Component {
    static template = "dms_vehicle.YardGridDialog";
    static components = {Dialog};
    static props = {kinds: Array, onSlots: Function, close: Function};

    setup() {
        this.orm = useService("orm");
        this.values = useState({
            rows: 2,
            columns: 10,
            width: 2.5,
            height: 5.3,
            gap_x: 0,
            gap_y: 6,
            x: 2,
            y: 2,
            angle: 0,
            prefix: "",
            row_letter: "A",
            first: 1,
            kind: "yard",
        });
        this.numbers = [
            ["rows", _t("Rows"), 1],
            ["columns", _t("Columns"), 1],
            ["width", _t("Width (m)"), 0.1],
            ["height", _t("Depth (m)"), 0.1],
            ["gap_x", _t("Gap between slots (m)"), 0.1],
            ["gap_y", _t("Gap between rows (m)"), 0.1],
            ["x", _t("From the left (m)"), 0.1],
            ["y", _t("From the top (m)"), 0.1],
            ["angle", _t("Turned by (degrees)"), 1],
            ["first", _t("First number"), 1],
        ];
    }

    setNumber(name, text) {
        this.values[name] = Number(text);
    }

    async add() {
        const slots = await this.orm.call("dms.yard.site", "make_grid", [], {
            values: {...this.values},
        });
        this.props.onSlots(slots);
        this.props.close();
    }
}
