import {Component, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

const EXAMPLE = "A-01;yard;0 0,2.5 0,2.5 5.3,0 5.3";

/** Slots that were drawn elsewhere; what cannot be used is said line by line. */
export class YardImportDialog extends Component {
    static template = "dms_vehicle.YardImportDialog";
    static components = {Dialog};
    static props = {
        siteId: Number,
        hasPlace: Boolean,
        onSlots: Function,
        close: Function,
    };

    setup() {
        this.orm = useService("orm");
        this.example = EXAMPLE;
        this.help = _t(
            "A GeoJSON FeatureCollection with the properties code and kind, or one line per slot. Metres are counted from the upper left corner of the plan.",
        );
        this.placeHelp = _t(
            "Possible once the site has the latitude and longitude of its upper left corner.",
        );
        this.state = useState({text: "", degrees: false, answer: null});
    }

    async onFile(event) {
        const [file] = event.target.files;
        if (file) {
            this.state.text = await file.text();
            this.state.answer = null;
        }
    }

    async read() {
        this.state.answer = await this.orm.call("dms.yard.site", "read_shapes", [], {
            text: this.state.text,
            site_id: this.state.degrees ? this.props.siteId : false,
        });
        const {slots, refused} = this.state.answer;
        if (slots.length && !refused.length) {
            this.add();
        }
    }

    add() {
        this.props.onSlots(this.state.answer.slots);
        this.props.close();
    }
}
