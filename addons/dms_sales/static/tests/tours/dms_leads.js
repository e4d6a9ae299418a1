import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const MOST = 8;
let taps = 0;

/** Everything the thumb does counts, wherever it lands. */
function count() {
    taps = 0;
    document.addEventListener("click", () => (taps += 1), true);
}

function fits() {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth > clientWidth) {
        throw new Error(`${scrollWidth} of ${clientWidth} pixels`);
    }
}

tours.add("dms_lead_to_quote", {
    steps: () => [
        {
            content: "The leads of the store, on a phone",
            trigger: ".o_kanban_record:contains(Li Na)",
            run: async (helpers) => {
                fits();
                count();
                await helpers.click();
            },
        },
        {
            content: "The lead fits the phone, its first button makes the offer",
            trigger: ".o_form_view button[name=action_dms_make_offer]",
            run: async (helpers) => {
                fits();
                await helpers.click();
            },
        },
        {
            content: "The desk; live stock is one tap away",
            trigger: ".o_dms_desk_new",
            run: "click",
        },
        {
            content: "The car that has stood longest is on top",
            trigger: ".o_dms_desk_found:has(.font-monospace)",
            run: "click",
        },
        {
            content: "The quote has its totals at the thumb",
            trigger: ".o_dms_desk_cash",
            run: fits,
        },
        {
            content: "Send it to the customer's phone",
            trigger: ".o_dms_desk_send",
            run: "click",
        },
        {
            content: "The customer scans it",
            trigger: ".o_dms_desk_qr",
            run: () => {
                if (taps > MOST) {
                    throw new Error(`${taps} taps, ${MOST} are allowed`);
                }
            },
        },
    ],
});

tours.add("dms_lead_wechat", {
    steps: () => [
        {
            content: "A customer wrote; the answer is one button",
            trigger: ".o_form_view button[name=action_dms_wechat]",
            run: "click",
        },
        {
            content: "What is typed goes to the customer",
            trigger: ".modal [name=text] textarea",
            run: "edit See you at two.",
        },
        {
            content: "Send",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "It stands in the history",
            trigger: ".o-mail-Message:contains(See you at two.)",
        },
    ],
});
