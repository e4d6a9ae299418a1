import {Component, onWillStart, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {KeepLast} from "@web/core/utils/concurrency";
import {useAutofocus} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";

const DELAY_MS = 250;

/** Find one of what a search answers, and take it with one tap. */
export class DeskPick extends Component {
    static template = "dms_sales.DeskPick";
    static components = {Dialog};
    static props = {
        title: String,
        find: Function,
        take: Function,
        money: Function,
        close: Function,
    };

    setup() {
        this.last = new KeepLast();
        this.state = useState({found: [], text: ""});
        this.findLater = useDebounced(() => this.find(), DELAY_MS);
        useAutofocus();
        onWillStart(() => this.find());
    }

    async find() {
        this.state.found = await this.last.add(this.props.find(this.state.text));
    }

    onInput(event) {
        this.state.text = event.target.value;
        this.findLater();
    }

    async onTake(item) {
        this.props.close();
        await this.props.take(item);
    }
}
