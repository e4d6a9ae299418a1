import {Component} from "@odoo/owl";
import {OTHERS, PANELS} from "./panels";
import {_t} from "@web/core/l10n/translation";
import {formatMonetary} from "@web/views/fields/formatters";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useService} from "@web/core/utils/hooks";

/** The car as a drawing: tap a panel to note what is wrong with it. */
export class DamagePlan extends Component {
    static template = "dms_sales.DamagePlan";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.panels = PANELS;
        this.others = OTHERS;
    }

    get lines() {
        return this.props.record.data[this.props.name].records;
    }

    label(record, name) {
        const found = record.fields[name].selection.find(
            ([code]) => code === record.data[name],
        );
        return found ? found[1] : "";
    }

    /** The words of the panels stand in the field of the lines. */
    panelName(code) {
        const list = this.props.record.data[this.props.name];
        const found = list.fields.panel.selection.find(([key]) => key === code);
        return found ? found[1] : code;
    }

    count(code) {
        return this.lines.filter((line) => line.data.panel === code).length;
    }

    cost(line) {
        const currency = this.props.record.data.currency_id;
        return formatMonetary(line.data.cost, {currencyId: currency && currency.id});
    }

    async add(code) {
        if (this.props.readonly || !(await this.props.record.save())) {
            return;
        }
        await this.open(false, {
            default_appraisal_id: this.props.record.resId,
            default_panel: code,
        });
    }

    async change(line) {
        if (!this.props.readonly && (await this.props.record.save())) {
            await this.open(line.resId, {});
        }
    }

    async open(resId, context) {
        await this.action.doAction(
            {
                type: "ir.actions.act_window",
                name: _t("Damage"),
                res_model: "dms.appraisal.damage",
                res_id: resId,
                views: [[false, "form"]],
                target: "new",
                context,
            },
            {onClose: () => this.props.record.load()},
        );
    }

    async remove(line) {
        await this.orm.unlink("dms.appraisal.damage", [line.resId]);
        await this.props.record.load();
    }
}

registry.category("fields").add("dms_damage_plan", {
    component: DamagePlan,
    supportedTypes: ["one2many"],
    useSubView: true,
});
