import {Component, useRef, useState} from "@odoo/owl";
import {useAutofocus, useBus, useService} from "@web/core/utils/hooks";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const STYLES = {
    found: "success",
    again: "info",
    unexpected: "warning",
    unknown: "danger",
};

/** Tick certificates off one after the other: type or scan, Enter goes on. */
export class CertificateScan extends Component {
    static template = "dms_vehicle.CertificateScan";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.input = useRef("input");
        this.state = useState({answers: [], busy: false});
        useAutofocus({refName: "input", mobile: true});
        useBus(useService("barcode").bus, "barcode_scanned", (event) =>
            this.scan(event.detail.barcode),
        );
    }

    style(answer) {
        return STYLES[answer.result];
    }

    onSubmit() {
        const text = this.input.el.value;
        this.input.el.value = "";
        return this.scan(text);
    }

    /** A pasted column of codes loses its line ends in an input: keep them. */
    onPaste(event) {
        const text = event.clipboardData.getData("text");
        if (text.includes("\n")) {
            event.preventDefault();
            this.scan(text);
        }
    }

    async scan(text) {
        if (!text.trim()) {
            return;
        }
        this.state.busy = true;
        try {
            this.state.answers = await this.orm.call(
                this.props.record.resModel,
                "scan_codes",
                [[this.props.record.resId]],
                {text},
            );
            await this.props.record.load();
        } finally {
            this.state.busy = false;
        }
        this.input.el?.focus();
    }
}

registry.category("fields").add("dms_certificate_scan", {
    component: CertificateScan,
    supportedTypes: ["char"],
});
