import {nextCode, translate} from "./geometry";

const UNDO_STEPS = 100;

/**
 * The slots of a plan while they are being drawn: each change gives a new list, so
 * that any of them can be taken back. Nothing is kept before it is saved.
 */
export class Draft {
    constructor(slots) {
        this.slots = slots.map(({id, code, kind, polygon}) => ({
            key: `s${id}`,
            id,
            code,
            kind,
            polygon,
        }));
        this.before = [];
        this.made = 0;
    }

    get isChanged() {
        return this.before.length > 0;
    }

    get codes() {
        return new Set(this.slots.map((slot) => slot.code));
    }

    /** Remember how things are; what follows can be taken back in one step. */
    mark() {
        this.before.push(this.slots);
        if (this.before.length > UNDO_STEPS) {
            this.before.shift();
        }
    }

    undo() {
        if (this.before.length) {
            this.slots = this.before.pop();
        }
    }

    get(key) {
        return this.slots.find((slot) => slot.key === key);
    }

    /** Change some slots without a step of its own; see mark(). */
    set(keys, change) {
        this.slots = this.slots.map((slot) =>
            keys.includes(slot.key) ? {...slot, ...change(slot)} : slot,
        );
    }

    /** @returns {string[]} keys of the new slots */
    add(shapes) {
        this.mark();
        const codes = this.codes;
        const added = shapes.map(({code, kind, polygon}) => {
            const free = nextCode(code, codes);
            codes.add(free);
            this.made += 1;
            return {key: `n${this.made}`, id: false, code: free, kind, polygon};
        });
        this.slots = [...this.slots, ...added];
        return added.map((slot) => slot.key);
    }

    remove(keys) {
        this.mark();
        this.slots = this.slots.filter((slot) => !keys.includes(slot.key));
    }

    /** Copies beside the originals, under the codes that follow. */
    duplicate(keys) {
        const originals = this.slots.filter((slot) => keys.includes(slot.key));
        const xs = originals.flatMap((slot) => slot.polygon.map(([x]) => x));
        const width = Math.max(...xs) - Math.min(...xs);
        return this.add(
            originals.map((slot) => ({
                ...slot,
                polygon: translate(slot.polygon, width, 0),
            })),
        );
    }

    /** What the server saves. */
    rows() {
        return this.slots.map(({id, code, kind, polygon}) => ({
            id,
            code,
            kind,
            polygon,
        }));
    }
}
