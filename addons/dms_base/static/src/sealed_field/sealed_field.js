import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {CharField, charField} from "@web/views/fields/char/char_field";
import {onWillStart} from "@odoo/owl";

import {RevealDialog} from "./reveal_dialog";

export class SealedField extends CharField {
    static template = "dms_base.SealedField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        onWillStart(async () => {
            this.mayReveal = await user.hasGroup("dms_base.group_dms_reveal");
        });
    }

    get canReveal() {
        const {record, name} = this.props;
        return this.mayReveal && record.resId && record.data[name];
    }

    async reveal() {
        const {record, name} = this.props;
        const value = await this.orm.call(
            record.resModel,
            "dms_reveal",
            [[record.resId]],
            {field_name: name},
        );
        this.dialog.add(RevealDialog, {title: record.fields[name].string, value});
    }
}

export const sealedField = {
    ...charField,
    component: SealedField,
    displayName: _t("Encrypted"),
    supportedTypes: ["char"],
};

registry.category("fields").add("dms_sealed", sealedField);
