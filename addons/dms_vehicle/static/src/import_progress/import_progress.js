import {onWillUnmount, useEffect} from "@odoo/owl";
import {
    ProgressBarField,
    progressBarField,
} from "@web/views/fields/progress_bar/progress_bar_field";
import {registry} from "@web/core/registry";

const INTERVAL_MS = 2000;

/** A progress bar that follows a running import until it is done. */
export class ImportProgressField extends ProgressBarField {
    setup() {
        super.setup();
        useEffect(
            (state) => this.follow(state),
            () => [this.props.record.data.state],
        );
        onWillUnmount(() => clearInterval(this.timer));
    }

    follow(state) {
        clearInterval(this.timer);
        if (state === "running") {
            this.timer = setInterval(() => this.props.record.load(), INTERVAL_MS);
        }
    }
}

registry.category("fields").add("dms_import_progress", {
    ...progressBarField,
    component: ImportProgressField,
});
