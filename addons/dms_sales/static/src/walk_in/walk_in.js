import {Component, onMounted, onWillStart, useRef, useState} from "@odoo/owl";
import {KeepLast} from "@web/core/utils/concurrency";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useDebounced} from "@web/core/utils/timing";
import {useService} from "@web/core/utils/hooks";

const SHOWN = 5;
const PAUSE_MS = 250;
const DIGITS = 7;

/** Who came in by the door: number, name, model, one tap. */
export class WalkIn extends Component {
    static template = "dms_sales.WalkIn";
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.phone = useRef("phone");
        this.lookups = new KeepLast();
        this.noNumber = _t("Count without a number");
        this.save = _t("Save");
        this.state = useState({
            ...this.blank(),
            consultants: [],
            models: [],
            today: {},
            done: [],
            busy: false,
        });
        this.lookUp = useDebounced(() => this.ask(), PAUSE_MS);
        onWillStart(async () => {
            Object.assign(this.state, await this.call("open_register"));
        });
        onMounted(() => this.phone.el.focus());
    }

    blank() {
        return {
            phone: "",
            name: "",
            modelIds: [],
            userId: false,
            people: 1,
            known: null,
            error: "",
        };
    }

    call(method, values = {}) {
        return this.orm.silent.call("dms.showroom.visit", method, [], values);
    }

    onPhone(event) {
        this.state.phone = event.target.value;
        this.state.known = null;
        this.state.error = "";
        this.lookUp();
    }

    /** Ask who has the number while the consultant still types the name. */
    async ask() {
        const {phone} = this.state;
        if (phone.replace(/\D/g, "").length < DIGITS) {
            return;
        }
        const asked = this.orm.silent.call("crm.lead", "dms_known", [phone]);
        const known = await this.lookups.add(asked);
        if (phone === this.state.phone) {
            this.take(known);
        }
    }

    take(known) {
        this.state.known = known;
        const name = known.lead?.name || known.customer?.name;
        if (name && !this.state.name) {
            this.state.name = name;
        }
    }

    toggleModel(id) {
        const ids = this.state.modelIds;
        this.state.modelIds = ids.includes(id)
            ? ids.filter((other) => other !== id)
            : [...ids, id];
    }

    chooseUser(id) {
        this.state.userId = this.state.userId === id ? false : id;
    }

    isChosen(user, index) {
        const {userId} = this.state;
        return userId ? userId === user.id : index === 0;
    }

    countPeople(step) {
        this.state.people = Math.max(1, this.state.people + step);
    }

    async onSubmit() {
        if (this.state.busy) {
            return;
        }
        const {phone, name, modelIds, userId, people} = this.state;
        const values = {phone, name, model_ids: modelIds, user_id: userId, people};
        this.state.busy = true;
        try {
            this.finish(await this.call("register", values));
        } catch (error) {
            if (!error.data) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.busy = false;
        }
    }

    async finish(answer) {
        const entry = {...answer, key: Date.now()};
        const done = [entry, ...this.state.done].slice(0, SHOWN);
        Object.assign(this.state, this.blank(), {done, today: answer.today});
        this.phone.el?.focus();
        const {consultants} = await this.call("open_register");
        this.state.consultants = consultants;
    }

    openLead(id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "crm.lead",
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("dms_walk_in", WalkIn);
