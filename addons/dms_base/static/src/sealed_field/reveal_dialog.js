import {Dialog} from "@web/core/dialog/dialog";
import {Component, onMounted, onWillUnmount} from "@odoo/owl";

const SECONDS = 30;

export class RevealDialog extends Component {
    static template = "dms_base.RevealDialog";
    static components = {Dialog};
    static props = {
        title: String,
        value: String,
        close: Function,
    };

    setup() {
        this.seconds = SECONDS;
        onMounted(() => {
            this.timer = setTimeout(this.props.close, SECONDS * 1000);
        });
        onWillUnmount(() => clearTimeout(this.timer));
    }
}
