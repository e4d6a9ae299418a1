/** What a leaf holds: one event of one car as canonical JSON; see merkle/entries.py. */

import {FormatError, decodeHash, decodeText} from "./bytes.js";

const MAX_BYTES = 65535;
const MAX_DEPTH = 16;
const KEY = /^[a-z][a-z0-9_]{0,62}$/;
const AT = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/;
const FIELDS = ["at", "body", "kind", "n", "prev", "store", "subject", "v"];

function isObject(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns {String} the one text of a value: sorted keys, no spaces */
export function canonical(value, depth = 0) {
    if (depth > MAX_DEPTH) {
        throw new FormatError("it is nested too deeply");
    }
    if (Array.isArray(value)) {
        return `[${value.map((inner) => canonical(inner, depth + 1)).join(",")}]`;
    }
    if (isObject(value)) {
        const parts = Object.keys(value).sort().map(pair(value, depth));
        return `{${parts.join(",")}}`;
    }
    return scalar(value);
}

function pair(value, depth) {
    return (key) => {
        if (!KEY.test(key)) {
            throw new FormatError(`it has the key ${JSON.stringify(key)}`);
        }
        return `"${key}":${canonical(value[key], depth + 1)}`;
    };
}

function scalar(value) {
    const number = typeof value === "number";
    if (number && (!Number.isSafeInteger(value) || Object.is(value, -0))) {
        throw new FormatError("it holds a number that is not whole");
    }
    if (typeof value === "string" && /[\ud800-\udfff]|\0/u.test(value)) {
        throw new FormatError("it holds what no text may hold");
    }
    return JSON.stringify(value);
}

/** @returns {Object} what the leaf says, if it is written in the one canonical way */
export function decodeEntry(leaf) {
    if (leaf.length > MAX_BYTES) {
        throw new FormatError("the entry is too long");
    }
    const text = decodeText(leaf);
    const entry = parse(text);
    if (!isObject(entry) || Object.keys(entry).sort().join() !== FIELDS.join()) {
        throw new FormatError("the entry has other fields than an entry of the log");
    }
    if (canonical(entry, -1) !== text) {
        throw new FormatError("the entry is not written in the canonical way");
    }
    checkFields(entry);
    return entry;
}

function parse(text) {
    try {
        return JSON.parse(text);
    } catch {
        throw new FormatError("the entry is not JSON");
    }
}

function checkFields({at, body, kind, n, prev, store, subject, v}) {
    const texts = [at, kind, store, subject].every((text) => typeof text === "string");
    if (!texts || !isObject(body) || !Number.isSafeInteger(n) || n < 1) {
        throw new FormatError("a field of the entry is of another type");
    }
    if (v !== 1 || !AT.test(at)) {
        throw new FormatError("the entry is of a version this program does not know");
    }
    if ((n === 1) !== (prev === null)) {
        throw new FormatError("only the first entry of a subject has none before it");
    }
    if (prev !== null) {
        decodeHash(prev);
    }
}
