import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {Component} from "@odoo/owl";

/** What is missing, who can solve it, and the way there. */
export class BlockersField extends Component {
    static template = "dms_base.BlockersField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get blockers() {
        return this.props.record.data[this.props.name] || [];
    }

    async solve(blocker) {
        await this.action.doAction(blocker.action, {
            onClose: () => this.props.record.load(),
        });
    }
}

export const blockersField = {
    component: BlockersField,
    displayName: _t("What Is Missing"),
    supportedTypes: ["json"],
};

registry.category("fields").add("dms_blockers", blockersField);
