import {Component, useState} from "@odoo/owl";

/** Why an offer needs a consent; asking for it, and deciding by who may. */
export class DeskConsent extends Component {
    static template = "dms_sales.DeskConsent";
    static props = {consent: Object, ask: Function, decide: Function};

    setup() {
        this.state = useState({text: ""});
    }

    get colour() {
        const colours = {approved: "success", open: "info", impossible: "danger"};
        return colours[this.props.consent.state] || "warning";
    }

    async ask() {
        await this.props.ask(this.state.text);
        this.state.text = "";
    }

    async decide(agrees) {
        await this.props.decide(agrees, this.state.text);
        this.state.text = "";
    }
}
