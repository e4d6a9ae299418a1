import {Component, useState} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {DeskConsent} from "./consent";
import {MoneyInput} from "./money_input";
import {_t} from "@web/core/l10n/translation";

const LETTERS = "ABC";
const DISCOUNTS = ["oem_discount", "store_discount"];

/** One variant: its blocks, loan and car given in, and what they come to. */
export class DeskVariant extends Component {
    static template = "dms_sales.DeskVariant";
    static components = {DeskConsent, Dropdown, DropdownItem, MoneyInput};
    static props = {
        variant: Object,
        index: Number,
        terms: Array,
        desk: Object,
        best: Object,
        error: {type: String, optional: true},
    };

    setup() {
        this.state = useState({takesIn: false});
    }

    get letter() {
        return LETTERS[this.props.index];
    }

    get variant() {
        return this.props.variant;
    }

    get totals() {
        return this.variant.totals;
    }

    get picture() {
        return `/web/image/product.product/${this.variant.car.product_id}/image_256`;
    }

    /** Blocks the sheet has, and those that can be added to. */
    get blocks() {
        return this.variant.blocks.filter(
            (block) =>
                block.lines.length || (this.variant.is_open && this.mayAdd(block)),
        );
    }

    mayAdd(block) {
        const isOnce = block.code === "car" || block.code === "purchase_tax";
        return block.code !== "loan" && !(isOnce && block.lines.length);
    }

    /** Discounts are typed as what is taken off. */
    shown(block, line) {
        return DISCOUNTS.includes(block.code) ? -line.price : line.price;
    }

    isFixed(block) {
        return !this.variant.is_open || block.code === "purchase_tax";
    }

    isBelowList(line) {
        return line.listed && line.listed > line.price + 0.005;
    }

    grossOf(code) {
        return this.variant.gross && this.variant.gross.blocks[code];
    }

    money(amount) {
        return this.props.desk.money(amount);
    }

    call(method, ...args) {
        return this.props.desk.change(this.variant, method, args);
    }

    changePrice(line, price) {
        return this.call("dms_desk_line", line.id, price);
    }

    remove(line) {
        return this.call("dms_desk_remove", line.id);
    }

    setTerms(event) {
        const id = Number(event.target.value);
        const terms = this.props.terms.find((one) => one.id === id);
        if (!terms) {
            return this.call("dms_desk_loan", false);
        }
        return this.call("dms_desk_loan", id, this.amountFor(terms));
    }

    /** What a lender finances at most, in whole thousands, or what was lent before. */
    amountFor(terms) {
        const parts = this.variant.blocks.filter((block) =>
            ["car", ...DISCOUNTS].includes(block.code),
        );
        const price = parts.reduce((sum, block) => sum + block.total, 0);
        const most = Math.floor((price * (terms.max_percent || 80)) / 100000) * 1000;
        const before = this.variant.loan && this.variant.loan.amount;
        return before && before <= most ? before : most;
    }

    setAmount(amount) {
        return this.call("dms_desk_loan", this.variant.loan.terms_id, amount);
    }

    get tradeIn() {
        const none = {name: "", allowance: 0, value: 0, payoff: 0};
        return this.variant.trade_in || none;
    }

    setTradeIn(values) {
        const name = this.tradeIn.name || _t("Car given in");
        return this.call("dms_desk_trade_in", {name, ...values});
    }

    dropTradeIn() {
        this.state.takesIn = false;
        return this.call("dms_desk_trade_in", false);
    }
}
