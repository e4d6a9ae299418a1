import {
    Many2ManyBinaryField,
    many2ManyBinaryField,
} from "@web/views/fields/many2many_binary/many2many_binary_field";
import {FileInput} from "@web/core/file_input/file_input";
import {registry} from "@web/core/registry";

/** Opens the camera of a phone at once, without asking where the picture comes from. */
export class CameraInput extends FileInput {
    static template = "dms_vehicle.CameraInput";
}

/** Photos as pictures: one press takes another, one press takes it away again. */
export class PhotosField extends Many2ManyBinaryField {
    static template = "dms_vehicle.PhotosField";
    static components = {CameraInput, FileInput};
}

registry.category("fields").add("dms_photos", {
    ...many2ManyBinaryField,
    component: PhotosField,
});
