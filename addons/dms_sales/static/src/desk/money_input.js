import {Component, onWillUpdateProps, useState} from "@odoo/owl";
import {formatFloat} from "@web/views/fields/formatters";
import {parseFloat} from "@web/views/fields/parsers";
import {useDebounced} from "@web/core/utils/timing";

const DELAY_MS = 400;

/** An amount that is told while it is typed, once the typing rests. */
export class MoneyInput extends Component {
    static template = "dms_sales.MoneyInput";
    static props = {
        value: Number,
        label: String,
        change: Function,
        readonly: {type: Boolean, optional: true},
        slots: {type: Object, optional: true},
    };

    setup() {
        this.state = useState({text: this.format(this.props.value), wrong: false});
        this.isTyping = false;
        this.tellLater = useDebounced(() => this.tell(), DELAY_MS);
        onWillUpdateProps((next) => {
            if (!this.isTyping) {
                this.state.text = this.format(next.value);
            }
        });
    }

    format(value) {
        const isWhole = Number.isInteger(value);
        return formatFloat(value, {digits: [16, isWhole ? 0 : 2]});
    }

    onInput(event) {
        this.isTyping = true;
        this.state.text = event.target.value;
        this.tellLater();
    }

    onBlur() {
        this.tellLater.cancel();
        this.tell();
        this.isTyping = false;
    }

    onKeydown(event) {
        if (event.key === "Enter") {
            event.target.blur();
        }
    }

    /** Read what was typed; what is no amount stays in sight and is marked. */
    read() {
        try {
            this.state.wrong = false;
            return parseFloat(this.state.text || "0");
        } catch {
            this.state.wrong = true;
            return null;
        }
    }

    tell() {
        const amount = this.read();
        if (amount !== null && amount !== this.props.value) {
            this.props.change(amount);
        }
    }
}
