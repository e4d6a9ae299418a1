import {registry} from "@web/core/registry";

/** From the page of a model to the paid deposit, with a thumb. */
registry.category("web_tour.tours").add("dms_shop_customer", {
    steps: () => [
        {
            content: "The store has one in stock: reserve it",
            trigger: "#dms_car_stores a:contains(Reserve)",
            run: "click",
            expectUnloadPage: true,
        },
        {trigger: "input[name=name]", run: "edit 陈晨"},
        {trigger: "input[name=phone]", run: "edit 13800000009"},
        {trigger: "input[name=agreed]", run: "click"},
        {
            trigger: "button:contains(Hold the car)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The car is held, with the words of the deposit",
            trigger: "[data-state=held]",
        },
        {
            trigger: "input[name=o_payment_radio][data-payment-method-code=demo]",
            run: "click",
        },
        {trigger: "#customer_input", run: "edit 4242424242424242"},
        {
            trigger: "button[name=o_payment_submit_button]:not(:disabled)",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The deposit is paid",
            trigger: "[data-state=paid]",
        },
    ],
});
