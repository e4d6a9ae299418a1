import {registry} from "@web/core/registry";

const DONE = ".o_statusbar_status button[data-value=done][aria-checked=true]";

function choose(field, text) {
    return [
        {trigger: `${field} input`, run: `edit ${text}`},
        {
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option):contains(${text})`,
            run: "click",
        },
    ];
}

function addLine(product) {
    return [
        {
            trigger: ".o_field_x2many_list_row_add > a:eq(0)",
            run: "click",
        },
        ...choose(".o_selected_row .o_field_widget[name^=product_]", product),
    ];
}

function validate() {
    return [
        {trigger: "button[name=button_validate]:visible", run: "click"},
        {trigger: DONE},
    ];
}

function openRow(text) {
    return [{trigger: `.o_data_row .o_data_cell:contains(${text})`, run: "click"}];
}

const tours = registry.category("web_tour.tours");

/** Sales manager: orders from the OEM, takes in the VINs of the shipping note. */
tours.add("dms_one_car_order", {
    steps: () => [
        ...choose(".o_field_widget[name=partner_id]", "云雀汽车制造"),
        ...addLine("YQ-E5-26-L"),
        {
            trigger: ".o_selected_row .o_field_widget[name=price_unit] input",
            run: "edit 150000",
        },
        {trigger: "button[name=button_confirm]:visible", run: "click"},
        {trigger: "button[name=action_view_picking]", run: "click"},
        {trigger: "button[name=action_dms_receive]", run: "click"},
        {
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit LZZAB3C26TA000015 YQ-E5-26-L",
        },
        {trigger: ".modal button[name=action_apply]", run: "click"},
        {trigger: ".modal .alert-success:visible"},
        {
            trigger:
                ".modal footer button[special=cancel], .modal footer .btn-secondary",
            run: "click",
        },
        {trigger: "body:not(:has(.modal))"},
        ...validate(),
    ],
});

/** Sales manager: sells the car to the other store and sends it off. */
tours.add("dms_one_car_transfer", {
    steps: () => [
        ...openRow("LZZAB3C26TA000015"),
        {trigger: "button.o_dms_transfer", run: "click"},
        ...choose(".modal .o_field_widget[name=to_store_id]", "A2"),
        {trigger: ".modal .o_data_row [name=price]", run: "click"},
        {trigger: ".modal .o_selected_row [name=price] input", run: "edit 151200"},
        {trigger: ".modal button[name=action_transfer]", run: "click"},
        {trigger: "button[name=action_view_delivery]", run: "click"},
        ...validate(),
    ],
});

/** Sales manager of the other store: receives the very car that was sent. */
tours.add("dms_one_car_receive", {
    steps: () => [{trigger: ".o_data_row .o_data_cell", run: "click"}, ...validate()],
});

/** Sales consultant: sells the car by its VIN and drafts the invoice. */
tours.add("dms_one_car_sell", {
    steps: () => [
        ...choose(".o_field_widget[name=partner_id]", "李娜"),
        ...addLine("YQ-E5-26-L"),
        {trigger: ".o_selected_row [name=dms_vehicle_id] input", run: "edit 000015"},
        {
            trigger: ".o-autocomplete--dropdown-item:contains(LZZAB3C26TA000015)",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=price_unit] input",
            run: "edit 168900",
        },
        {trigger: "button[name=action_confirm]:visible", run: "click"},
        {trigger: "#create_invoice, #create_invoice_percentage", run: "click"},
        {trigger: ".modal button[name=create_invoices]", run: "click"},
        {trigger: ".o_field_widget[name=invoice_line_ids]"},
    ],
});

/** Accountant: posts the invoice and books the payment. */
tours.add("dms_one_car_cash", {
    steps: () => [
        ...openRow("李娜"),
        {trigger: "button[name=action_post]:visible", run: "click"},
        {trigger: "button[name=action_register_payment]:visible", run: "click"},
        {trigger: ".modal button[name=action_create_payments]", run: "click"},
        {trigger: "body:not(:has(.modal)) .o_widget_web_ribbon .ribbon:visible"},
    ],
});
