import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

function fits() {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth > clientWidth) {
        throw new Error(`${scrollWidth} of ${clientWidth} pixels`);
    }
}

tours.add("dms_desk_customer", {
    steps: () => [
        {
            content: "The page fits the phone, the offers are swiped",
            trigger: ".o_dms_offer",
            run: fits,
        },
        {
            content: "The second offer is the one",
            trigger: ".o_dms_offer:nth-child(2) .o_dms_choose",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "It is chosen, and the deposit can be paid",
            trigger: ".o_dms_offer.border-success a[href*='payment_amount']",
        },
    ],
});

tours.add("dms_desk_consultant", {
    steps: () => [
        {
            content: "Nothing lies on the desk yet",
            trigger: ".o_dms_desk_new",
            run: "click",
        },
        {
            content: "A model is found by its name",
            trigger: ".o_dms_desk_pick input",
            run: "edit E5-W",
        },
        {
            content: "One tap takes it",
            trigger: ".o_dms_desk_found:contains(Model E5-W)",
            run: "click",
        },
        {
            content: "The purchase tax came along",
            trigger: ".o_dms_desk_block[data-block=purchase_tax] .o_dms_desk_line",
        },
        {
            content: "The true gross is not for consultants",
            trigger: ".o_dms_desk:not(:has(.o_dms_desk_earned, .o_dms_desk_gross))",
        },
        {
            content: "Give a discount",
            trigger: ".o_dms_desk_block[data-block=store_discount] .o_dms_desk_add",
            run: "click",
        },
        {
            content: "There is one product for it",
            trigger: ".o_dms_desk_found:contains(Discount)",
            run: "click",
        },
        {
            content: "How much",
            trigger: ".o_dms_desk_block[data-block=store_discount] .o_dms_desk_amount",
            run: "edit 5000 && press Tab",
        },
        {
            content: "That needs somebody's consent",
            trigger: ".o_dms_desk_consent[data-state=needed] .o_dms_desk_reason",
            run: "edit He buys two.",
        },
        {
            content: "It is asked for",
            trigger: ".o_dms_desk_ask",
            run: "click",
        },
        {
            content: "And waits",
            trigger: ".o_dms_desk_consent[data-state=open]",
        },
    ],
});

tours.add("dms_desk_manager", {
    steps: () => [
        {
            content: "The manager sees what the deal earns",
            trigger: ".o_dms_desk_earned",
        },
        {
            content: "And agrees",
            trigger: ".o_dms_desk_approve",
            run: "click",
        },
        {
            content: "No consent is open any more",
            trigger: ".o_dms_desk:not(:has(.o_dms_desk_approve))",
        },
    ],
});

// opening the lead, and its button that leads to the desk
const TAPS_BEFORE = 2;
let taps = 0;

/** Everything the thumb does counts, wherever it lands. */
function count() {
    taps = TAPS_BEFORE;
    document.addEventListener("click", () => (taps += 1), true);
}

tours.add("dms_desk_phone", {
    steps: () => [
        {
            content: "Live stock, one tap away",
            trigger: ".o_dms_desk_new",
            run: async (helpers) => {
                count();
                await helpers.click();
            },
        },
        {
            content: "The car that has stood longest is on top",
            trigger: ".o_dms_desk_found:has(.font-monospace)",
            run: "click",
        },
        {
            content: "The quote is there, with its totals at the thumb",
            trigger: ".o_dms_desk_cash",
            run: fits,
        },
        {
            content: "Send it to the customer's phone",
            trigger: ".o_dms_desk_send",
            run: "click",
        },
        {
            content: "The customer scans it; that took at most eight taps",
            trigger: ".o_dms_desk_qr",
            run: () => {
                if (taps > 8) {
                    throw new Error(`${taps} taps`);
                }
            },
        },
    ],
});
