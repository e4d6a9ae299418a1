import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const NUMBER = ".o_field_widget[name=dms_id_number]";

/** Who may: reads the mask, looks at the whole value, and closes the window. */
tours.add("dms_reveal", {
    steps: () => [
        {trigger: `${NUMBER} input:value(3604**********0071)`},
        {trigger: `${NUMBER} .o_dms_reveal`, run: "click"},
        {trigger: ".modal .o_dms_revealed:contains(360426199101010071)"},
        {trigger: ".modal-title:contains(ID number)"},
        {trigger: ".modal .btn-close", run: "click"},
        {trigger: "body:not(:has(.modal))"},
        {trigger: `${NUMBER} input:value(3604**********0071)`},
    ],
});

/** Who may not: reads the mask, and there is nothing to press. */
tours.add("dms_reveal_refused", {
    steps: () => [
        {trigger: `${NUMBER} input:value(3604**********0071)`},
        {trigger: `body:not(:has(.o_dms_reveal))`},
    ],
});
