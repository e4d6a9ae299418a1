import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** The steps of a customer in their order: what was online, what in the store. */
export class TimelineField extends Component {
    static template = "dms_sales.TimelineField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get steps() {
        return this.props.record.data[this.props.name] || [];
    }

    when(step) {
        return formatDateTime(deserializeDateTime(step.at), {showSeconds: false});
    }

    open(step) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: step.res_model,
            res_id: step.res_id,
            views: [[false, "form"]],
        });
    }
}

export const timelineField = {
    component: TimelineField,
    displayName: _t("Timeline"),
    supportedTypes: ["json"],
};

registry.category("fields").add("dms_timeline", timelineField);
