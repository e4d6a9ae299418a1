import {CopyButton} from "@web/core/copy_button/copy_button";
import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";

/** The link for the customer's phone: to scan from this screen, or to copy. */
export class DeskSend extends Component {
    static template = "dms_sales.DeskSend";
    static components = {CopyButton, Dialog};
    static props = {url: String, qr: String, close: Function};

    get copied() {
        return _t("Copied");
    }
}
