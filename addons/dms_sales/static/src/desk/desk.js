import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {DeskPick} from "./pick";
import {DeskSend} from "./send";
import {DeskVariant} from "./variant";
import {Mutex} from "@web/core/utils/concurrency";
import {ProductConfiguratorDialog} from "@sale/js/product_configurator_dialog/product_configurator_dialog";
import {RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {formatCurrency} from "@web/core/currency";
import {registry} from "@web/core/registry";
import {serializeDateTime} from "@web/core/l10n/dates";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const {DateTime} = luxon;
const DEAL = "dms.deal";
const VARIANT = "sale.order";

/** Return the variant with the lowest of an amount, if there is one to compare. */
export function lowest(variants, name) {
    const known = variants.filter((variant) => variant.totals[name]);
    if (known.length < 2) {
        return null;
    }
    const least = Math.min(...known.map((variant) => variant.totals[name]));
    const best = known.filter((variant) => variant.totals[name] === least);
    return best.length === 1 ? best[0].id : null;
}

/** The desk of a deal: variants side by side, one at a time on a phone. */
export class Desk extends Component {
    static template = "dms_sales.Desk";
    static components = {DeskVariant};
    static props = {...standardWidgetProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.ui = useService("ui");
        // what is typed is told in the order it was typed
        this.mutex = new Mutex();
        this.state = useState({desk: null, active: 0, errors: {}});
        onWillStart(() => this.load(this.props.record.resId));
        onWillUpdateProps((next) => {
            if (next.record.resId !== this.dealId || next.record !== this.record) {
                return this.load(next.record.resId, next.record);
            }
        });
    }

    async load(dealId, record = this.props.record) {
        this.dealId = dealId;
        this.record = record;
        this.state.desk = dealId
            ? await this.orm.call(DEAL, "dms_desk", [dealId])
            : null;
    }

    get variants() {
        return this.state.desk.variants;
    }

    get maySend() {
        return this.variants.some((one) => one.is_open && one.car.product_id);
    }

    /** On a phone one variant at a time. */
    get shown() {
        const last = this.variants.length - 1;
        const active = Math.min(this.state.active, last);
        return this.variants
            .map((variant, index) => ({variant, index}))
            .filter(({index}) => !this.ui.isSmall || index === active);
    }

    get best() {
        return {
            cash: lowest(this.variants, "cash_needed"),
            monthly: lowest(this.variants, "monthly"),
        };
    }

    money(amount) {
        return formatCurrency(amount, this.state.desk.currency_id);
    }

    /** Change one variant; what is wrong is said beside it. */
    change(variant, method, args) {
        return this.mutex.exec(async () => {
            try {
                const sheet = await this.orm.call(VARIANT, method, [
                    variant.id,
                    ...args,
                ]);
                this.state.errors[variant.id] = "";
                this.put(sheet);
            } catch (error) {
                await this.tell(variant, error);
            }
        });
    }

    put(sheet) {
        const at = this.variants.findIndex((variant) => variant.id === sheet.id);
        this.variants[at] = sheet;
    }

    async tell(variant, error) {
        if (!(error instanceof RPCError)) {
            throw error;
        }
        this.state.errors[variant.id] = error.data?.message || error.message;
        this.put(await this.orm.call(VARIANT, "dms_desk_sheet", [variant.id]));
    }

    /** Change the desk itself; the form around it shows what follows. */
    async changeDesk(method, ...args) {
        this.state.desk = await this.orm.call(DEAL, method, [this.dealId, ...args]);
        await this.reloadForm();
    }

    async reloadForm() {
        if (!(await this.props.record.isDirty())) {
            await this.props.record.load();
        }
    }

    begin() {
        return this.props.record.save();
    }

    async add(productId, vehicleId) {
        await this.changeDesk("dms_desk_new", productId, vehicleId);
        this.state.active = this.variants.length - 1;
    }

    async copy(variant) {
        await this.changeDesk("dms_desk_new", null, null, variant.id);
        this.state.active = this.variants.length - 1;
    }

    drop(variant) {
        return this.changeDesk("dms_desk_drop", variant.id);
    }

    choose(variant) {
        return this.changeDesk("dms_desk_choose", variant.id);
    }

    open(variant) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: VARIANT,
            res_id: variant.id,
            views: [[false, "form"]],
        });
    }

    /** Mark the offers as sent; the customer scans the link from this screen. */
    async send() {
        const answer = await this.orm.call(DEAL, "dms_desk_send", [this.dealId]);
        this.dialog.add(DeskSend, answer);
        await this.load(this.dealId);
        await this.reloadForm();
    }

    print(variant) {
        return this.action.doAction("dms_sales.action_report_offer", {
            additionalContext: {active_ids: [variant.id]},
        });
    }

    // Choosing

    pick(title, find, take) {
        this.dialog.add(DeskPick, {title, find, take, money: (n) => this.money(n)});
    }

    pickNew() {
        this.pick(
            _t("A Car for the Desk"),
            (text) => this.orm.call(DEAL, "dms_desk_cars", [this.dealId, text]),
            (car) => this.add(car.product_id, car.vehicle_id),
        );
    }

    pickCar(variant) {
        this.pick(
            _t("Another Car"),
            (text) => this.orm.call(DEAL, "dms_desk_cars", [this.dealId, text]),
            (car) =>
                this.change(variant, "dms_desk_car", [car.product_id, car.vehicle_id]),
        );
    }

    pickProduct(variant, block) {
        this.pick(
            block.name,
            (text) =>
                this.orm.call(DEAL, "dms_desk_products", [
                    this.dealId,
                    block.code,
                    text,
                ]),
            (product) => this.change(variant, "dms_desk_add", [product.id]),
        );
    }

    configure(variant) {
        this.dialog.add(ProductConfiguratorDialog, {
            productTemplateId: variant.car.template_id,
            ptavIds: variant.car.ptav_ids,
            customPtavs: [],
            quantity: 1,
            currencyId: this.state.desk.currency_id,
            soDate: serializeDateTime(DateTime.now()),
            edit: true,
            options: {showQuantity: false},
            save: (product) => this.takeOptions(variant, product),
            discard: () => {},
        });
    }

    takeOptions(variant, product) {
        const options = product.attribute_lines
            .filter((line) => line.create_variant === "no_variant")
            .flatMap((line) => line.selected_attribute_value_ids);
        return this.change(variant, "dms_desk_car", [product.id, false, options]);
    }
}

export const desk = {component: Desk};

registry.category("view_widgets").add("dms_desk", desk);
