import {registry} from "@web/core/registry";

function fits() {
    const {scrollWidth, clientWidth} = document.documentElement;
    if (scrollWidth > clientWidth) {
        throw new Error(`${scrollWidth} of ${clientWidth} pixels`);
    }
}

registry.category("web_tour.tours").add("dms_owner_passport", {
    steps: () => [
        {
            content: "One tap makes a passport",
            trigger: ".o_dms_create",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Its code is there to be shown",
            trigger: "#passport img[src$='qr.svg']",
            run: fits,
        },
        {
            content: "One tap ends it",
            trigger: ".o_dms_revoke",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "A new one may be made",
            trigger: ".o_dms_create",
        },
    ],
});
