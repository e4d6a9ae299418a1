import {registry} from "@web/core/registry";

/** From the timeline of a lead to the reservation that it shows. */
registry.category("web_tour.tours").add("dms_web_timeline", {
    steps: () => [
        {trigger: "a[name=dms_timeline]", run: "click"},
        {trigger: ".o_dms_timeline [data-step=web_form]"},
        {trigger: ".o_dms_timeline [data-step=reserved] a", run: "click"},
        {
            content: "The reservation, and the car it holds",
            trigger: ".o_form_view .o_field_widget[name=held_until]",
        },
    ],
});

/** The reception receives a customer who has booked. */
registry.category("web_tour.tours").add("dms_web_reception", {
    steps: () => [
        {trigger: "button[name=action_dms_came]:contains(Is Here)", run: "click"},
        {
            content: "Who was received is no longer expected",
            trigger: ".o_view_nocontent",
        },
    ],
});
