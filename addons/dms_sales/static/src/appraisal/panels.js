/** Panels of a car seen from above, its sides folded out; front to the left. */
export const PANELS = [
    {code: "front_bumper", d: "M8 92 L30 84 L30 156 L8 148 Z"},
    {code: "bonnet", d: "M34 82 H112 V158 H34 Z"},
    {code: "windscreen", d: "M116 82 L146 90 V150 L116 158 Z"},
    {code: "roof", d: "M150 90 H226 V150 H150 Z"},
    {code: "rear_window", d: "M230 90 L258 82 V158 L230 150 Z"},
    {code: "tailgate", d: "M262 82 H306 V158 H262 Z"},
    {code: "rear_bumper", d: "M310 84 L332 92 V148 L310 156 Z"},
    {code: "right_front_wing", d: "M34 40 L112 32 V76 H34 Z"},
    {code: "right_front_door", d: "M116 20 H182 V76 H116 Z"},
    {code: "right_rear_door", d: "M186 20 H248 V76 H186 Z"},
    {code: "right_rear_wing", d: "M252 32 L306 40 V76 H252 Z"},
    {code: "right_sill", d: "M116 6 H248 V16 H116 Z"},
    {code: "left_front_wing", d: "M34 164 H112 V208 L34 200 Z"},
    {code: "left_front_door", d: "M116 164 H182 V220 H116 Z"},
    {code: "left_rear_door", d: "M186 164 H248 V220 H186 Z"},
    {code: "left_rear_wing", d: "M252 164 H306 V200 L252 208 Z"},
    {code: "left_sill", d: "M116 224 H248 V234 H116 Z"},
];

/** What is no panel: buttons below the plan. */
export const OTHERS = ["wheels", "underbody", "interior"];
