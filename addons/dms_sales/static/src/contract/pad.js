import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

const INK = "#102a43";
const WIDTH = 3;

/**
 * A field to draw a signature in, with finger, pen or mouse. What is drawn lasts while
 * the page is loaded anew, as after a wrong code.
 */
export class SignaturePad extends Interaction {
    static selector = ".o_dms_pad";
    dynamicContent = {
        canvas: {
            "t-on-pointerdown": this.begin,
            "t-on-pointermove": this.draw,
            "t-on-pointerup": this.end,
            "t-on-pointercancel": this.end,
        },
        ".o_dms_pad_clear": {"t-on-click.prevent": this.clear},
    };

    setup() {
        this.canvas = this.el.querySelector("canvas");
        this.field = this.el.querySelector("input[name=drawing]");
        this.key = `dms_pad_${this.el.dataset.contract}`;
        this.last = null;
    }

    start() {
        const ratio = window.devicePixelRatio || 1;
        this.canvas.width = this.canvas.clientWidth * ratio;
        this.canvas.height = this.canvas.clientHeight * ratio;
        this.pen = this.canvas.getContext("2d");
        this.pen.scale(ratio, ratio);
        Object.assign(this.pen, {
            lineCap: "round",
            lineJoin: "round",
            lineWidth: WIDTH,
            strokeStyle: INK,
        });
        this.restore();
    }

    restore() {
        const kept = sessionStorage.getItem(this.key);
        if (!kept) {
            return;
        }
        const picture = new Image();
        picture.onload = () => {
            const {clientWidth, clientHeight} = this.canvas;
            this.pen.drawImage(picture, 0, 0, clientWidth, clientHeight);
        };
        picture.src = kept;
        this.field.value = kept;
    }

    place(ev) {
        const box = this.canvas.getBoundingClientRect();
        return [ev.clientX - box.left, ev.clientY - box.top];
    }

    begin(ev) {
        this.canvas.setPointerCapture(ev.pointerId);
        this.last = this.place(ev);
    }

    draw(ev) {
        if (!this.last) {
            return;
        }
        const here = this.place(ev);
        this.pen.beginPath();
        this.pen.moveTo(...this.last);
        this.pen.lineTo(...here);
        this.pen.stroke();
        this.last = here;
    }

    end() {
        if (!this.last) {
            return;
        }
        this.last = null;
        this.field.value = this.canvas.toDataURL("image/png");
        sessionStorage.setItem(this.key, this.field.value);
    }

    clear() {
        this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
        this.field.value = "";
        sessionStorage.removeItem(this.key);
    }
}

registry.category("public.interactions").add("dms_sales.signature_pad", SignaturePad);
