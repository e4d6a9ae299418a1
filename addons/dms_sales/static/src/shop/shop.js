import {rpc} from "@web/core/network/rpc";
import {setElementContent} from "@web/core/utils/html";
import {patch} from "@web/core/utils/patch";
import {patchDynamicContent} from "@web/public/utils";
import {WebsiteSale} from "@website_sale/interactions/website_sale";
import {markup} from "@odoo/owl";

/** Which stores have the chosen car; where the visitor is, only if he says so. */
patch(WebsiteSale.prototype, {
    setup() {
        super.setup();
        this.dmsPlace = {};
        patchDynamicContent(this.dynamicContent, {
            "#dms_car_stores": {"t-on-click": this.dmsOnClickStores.bind(this)},
        });
    },

    _onChangeCombination(ev, parent, combination) {
        super._onChangeCombination(...arguments);
        const shown = this.dmsStores?.querySelector("[data-product]");
        if (
            combination.product_id &&
            Number(shown?.dataset.product) !== combination.product_id
        ) {
            this.dmsShowStores(combination.product_id);
        }
    },

    get dmsStores() {
        return this.el.querySelector("#dms_car_stores");
    },

    async dmsShowStores(productId) {
        if (!this.dmsStores) {
            return;
        }
        const html = await this.waitFor(
            rpc("/shop/car/stores", {product_id: productId, ...this.dmsPlace}),
        );
        setElementContent(this.dmsStores, markup(html));
    },

    dmsOnClickStores(ev) {
        if (!ev.target.closest(".o_dms_nearest")) {
            return;
        }
        const shown = this.dmsStores.querySelector("[data-product]");
        navigator.geolocation?.getCurrentPosition(({coords}) => {
            const {latitude, longitude} = coords;
            this.dmsPlace = {latitude, longitude};
            this.dmsShowStores(Number(shown.dataset.product));
        });
    },
});
