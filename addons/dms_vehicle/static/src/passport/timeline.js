/** The events on the page, written anew from what was really checked. */

const ZONE = "Asia/Shanghai";
const UNKNOWN = "fa-circle-o";

function day(moment) {
    const date = new Date(moment);
    // the Swedish way of writing a date is the international one
    return isNaN(date) ? "" : date.toLocaleDateString("sv-SE", {timeZone: ZONE});
}

/** @returns {Object} what the page shows of an entry; `passport/facts.py` does the same */
export function factsOf({kind, at, body}, {words, distance}) {
    const [name, icon] = words[kind] ?? [kind, UNKNOWN];
    const km = Number.isInteger(body.km) && body.km > 0 ? body.km : 0;
    return {
        name,
        icon,
        day: (typeof body.at === "string" && day(body.at)) || day(at),
        city: typeof body.place === "string" ? body.place : "",
        km: km ? distance.replace("{number}", km.toLocaleString("en-US")) : "",
    };
}

export function fill(root, values) {
    for (const slot of root.querySelectorAll("[data-fill]")) {
        slot.textContent = values[slot.dataset.fill] ?? "";
    }
}

export class Timeline {
    /**
     * @param {Object} language `words`: code of a kind to [name, icon]; `distance`: how
     *   kilometres are written, with {number}
     */
    constructor(list, template, language) {
        Object.assign(this, {list, template, language});
    }

    get rows() {
        return [...this.list.children];
    }

    mark(state) {
        for (const row of this.rows) {
            row.dataset.state = state;
        }
    }

    /**
     * @param {Number} count events the passport has
     * @param {Map} entries number of an event, from 1, to what it says
     * @param {Map} wrong number of an event to a sentence
     * @param {String} otherwise state of the events that nothing is said against
     */
    show(count, entries, wrong, otherwise) {
        const rows = this.rows;
        for (let place = 1; place <= count; place++) {
            const row = rows[place - 1] ?? this.append(place);
            const entry = entries.get(place);
            if (entry) {
                this.write(row, factsOf(entry, this.language));
            }
            row.dataset.state = wrong.has(place) ? "bad" : otherwise;
            row.querySelector(".wrong").textContent = wrong.get(place) ?? "";
        }
        rows.slice(count).forEach((row) => row.remove());
    }

    append(place) {
        this.list.append(this.template.content.cloneNode(true));
        const row = this.list.lastElementChild;
        row.dataset.place = place;
        return row;
    }

    write(row, facts) {
        fill(row, facts);
        row.querySelector(".icon").className = `icon fa ${facts.icon}`;
    }
}
