import {CharField, charField} from "@web/views/fields/char/char_field";
import {isBarcodeScannerSupported} from "@web/core/barcode/barcode_video_scanner";
import {registry} from "@web/core/registry";
import {scanBarcode} from "@web/core/barcode/barcode_dialog";

/** A VIN: typed, or read by the camera from the label behind the windscreen. */
export class VinField extends CharField {
    static template = "dms_sales.VinField";

    setup() {
        super.setup();
        this.hasCamera = isBarcodeScannerSupported();
    }

    async scan() {
        const text = await scanBarcode(this.env);
        if (text) {
            await this.props.record.update({[this.props.name]: text.trim()});
        }
    }
}

registry.category("fields").add("dms_vin", {...charField, component: VinField});
