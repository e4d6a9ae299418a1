/**
 * Checks a car's passport in the reader's own browser: WebCrypto, nothing else.
 *
 *     import {check} from "/dms_base/static/src/verify/passport.js";
 *     const report = await check(await response.json(), {keys, previous});
 *
 * The same checks as merkle/passport.py, with the same codes.
 */

import {FormatError, decodeBase64, decodeHash, encodeBase64, equal} from "./bytes.js";
import {decodeEntry} from "./entries.js";
import {leafHash} from "./hashing.js";
import {NoteError, openCheckpoint, parseKey} from "./notes.js";
import {isConsistent, isIncluded} from "./proofs.js";

const FORMAT = "dms-passport/1";
const MAX_KEYS = 100;

function need(condition, what) {
    if (!condition) {
        throw new FormatError(what);
    }
}

function text(value, what) {
    need(typeof value === "string", `${what} is missing`);
    return value;
}

function list(value, what) {
    need(Array.isArray(value), `${what} is missing`);
    return value;
}

function object(value, what) {
    const fits = typeof value === "object" && value !== null && !Array.isArray(value);
    need(fits, `${what} is missing`);
    return value;
}

function size(value, what) {
    need(Number.isSafeInteger(value) && value >= 0, `${what} is out of range`);
    return value;
}

function parseEvent(value) {
    const {index, entry, proof} = object(value, "an event");
    return {
        index: size(index, "the place of an event"),
        leaf: decodeBase64(entry),
        proof: list(proof, "a proof").map(decodeHash),
    };
}

function parseOlder(consistency) {
    if (!consistency) {
        return {size: null, proof: []};
    }
    const older = object(consistency, "the consistency proof");
    return {
        size: "size" in older ? size(older.size, "the older size") : null,
        proof: list(older.proof, "the consistency proof").map(decodeHash),
    };
}

/** @returns {Object} the parts of a passport; nothing is proven yet */
export function parsePassport(value) {
    const data = object(value, "a passport");
    need(data.format === FORMAT, `the format is not ${FORMAT}`);
    const log = object(data.log, "the log");
    const keys = list(log.keys, "the keys").slice(0, MAX_KEYS);
    return {
        vin: text(data.vin, "the VIN"),
        origin: text(log.origin, "the name of the log"),
        keys: keys.map((key) => text(key, "a key")),
        note: text(data.checkpoint, "the checkpoint"),
        events: list(data.events, "the events").map(parseEvent),
        timestamps: list(data.timestamps ?? [], "the timestamps").map(decodeBase64),
        older: parseOlder(data.consistency),
    };
}

class Report {
    findings = [];
    notes = [];
    entries = new Map();
    checkpoint = null;

    get good() {
        return !this.findings.length;
    }

    add(code, event = null, values = {}) {
        this.findings.push({code, event, values});
    }
}

/**
 * @param {Object} data the passport, read from JSON
 * @param {Object} options
 * @param {String[]} [options.keys] public keys the reader trusts; without them those in
 *   the passport count, and a note says so
 * @param {String|Object} [options.previous] a checkpoint or passport kept from earlier
 * @returns {Promise<Report>} findings and notes as {code, event, values}; `entries` maps
 *   the number of an event, from 1, to what it says
 */
export async function check(data, {keys = [], previous = null} = {}) {
    const report = new Report();
    const passport = parseOrNull(parsePassport, data, (reason) =>
        report.add("passport_malformed", null, {reason}),
    );
    if (!passport) {
        return report;
    }
    const trusted = await readKeys(keys.length ? keys : passport.keys);
    if (!keys.length) {
        report.notes.push({code: "keys_from_passport", event: null, values: {}});
    }
    const count = passport.timestamps.length;
    if (count) {
        // certificates are beyond WebCrypto
        report.notes.push({code: "timestamps_unchecked", event: null, values: {count}});
    }
    report.checkpoint = await checkCheckpoint(report, passport, trusted);
    const proven = await checkEvents(report, passport);
    checkOrder(report, proven);
    if (previous !== null && report.checkpoint) {
        await checkPrevious(report, passport, trusted, previous);
    }
    return report;
}

function parseOrNull(parse, data, refuse) {
    try {
        return parse(data);
    } catch (error) {
        if (!(error instanceof FormatError)) {
            throw error;
        }
        refuse(error.message);
        return null;
    }
}

/** Keys that cannot be read cannot have signed anything: they are passed over. */
async function readKeys(vkeys) {
    const results = await Promise.allSettled(vkeys.map(parseKey));
    return results.filter(({status}) => status === "fulfilled").map(({value}) => value);
}

async function checkCheckpoint(report, {note, origin}, keys) {
    let checkpoint = null;
    try {
        checkpoint = await openCheckpoint(note, keys);
    } catch (error) {
        if (!(error instanceof NoteError)) {
            throw error;
        }
        const malformed = error.code === "malformed";
        report.add(malformed ? "checkpoint_malformed" : error.code, null, {origin});
        return null;
    }
    if (checkpoint.origin !== origin) {
        const values = {origin, found: checkpoint.origin};
        report.add("checkpoint_of_another_log", null, values);
    }
    return checkpoint;
}

async function checkEvents(report, {events, vin}) {
    const proven = new Map();
    for (const [at, event] of events.entries()) {
        const place = at + 1;
        const entry = parseOrNull(decodeEntry, event.leaf, (reason) =>
            report.add("entry_malformed", place, {reason}),
        );
        if (!entry) {
            continue;
        }
        report.entries.set(place, entry);
        if (entry.subject !== vin) {
            report.add("entry_of_another_car", place, {found: entry.subject, vin});
        }
        const hash = await leafHash(event.leaf);
        if (report.checkpoint && (await checkInclusion(report, place, event, hash))) {
            proven.set(place, hash);
        }
    }
    return proven;
}

async function checkInclusion(report, place, {index, proof}, hash) {
    const {size: total, root} = report.checkpoint;
    const included = await isIncluded(hash, index, total, proof, root);
    if (!included) {
        report.add("entry_not_in_log", place, {index});
    }
    return included;
}

/** Find events left out, out of order, or not linked to the one before. */
function checkOrder(report, proven) {
    const numbers = new Set();
    const hashes = new Map();
    for (const [place, {n}] of report.entries) {
        numbers.add(n);
        if (proven.has(place)) {
            hashes.set(n, encodeBase64(proven.get(place)));
        }
    }
    let expected = 1;
    for (const [place, {n, prev}] of report.entries) {
        if (place > 1 && !report.entries.has(place - 1)) {
            expected = n; // what an unreadable event said is not known
        }
        if (n > expected && !numbers.has(expected)) {
            report.add("entry_left_out", place, {number: n, expected});
        } else if (n !== expected) {
            report.add("entry_out_of_order", place, {number: n, expected});
        } else if (hashes.has(n - 1) && prev !== hashes.get(n - 1)) {
            report.add("chain_broken", place, {number: n});
        }
        expected = n + 1;
    }
}

async function checkPrevious(report, passport, keys, previous) {
    let kept = null;
    if (typeof previous !== "string") {
        kept = parseOrNull(parsePassport, previous, () =>
            report.add("previous_malformed"),
        );
        if (!kept) {
            return;
        }
    }
    try {
        const old = await openCheckpoint(kept ? kept.note : previous, keys);
        await checkGrowth(report, passport, old);
    } catch (error) {
        if (!(error instanceof NoteError)) {
            throw error;
        }
        const malformed = error.code === "malformed";
        report.add(malformed ? "previous_malformed" : "previous_untrusted");
        return;
    }
    if (kept && kept.vin === passport.vin) {
        checkKept(report, passport, kept);
    }
}

async function checkGrowth(report, {older}, old) {
    const now = report.checkpoint;
    const sizes = {old: old.size, new: now.size};
    if (old.size > now.size) {
        report.add("log_rolled_back", null, sizes);
    } else if (old.size > 0 && old.size < now.size && older.size !== old.size) {
        report.add("consistency_missing", null, sizes);
    } else if (old.size) {
        const proof = old.size === now.size ? [] : older.proof;
        if (!(await isConsistent(old.size, now.size, old.root, now.root, proof))) {
            report.add("log_forked", null, sizes);
        }
    }
}

/** Check that no event of the older passport is gone from this one. */
function checkKept(report, passport, kept) {
    for (const [at, {index, leaf}] of kept.events.entries()) {
        const present = passport.events.some(
            (event) => event.index === index && equal(event.leaf, leaf),
        );
        if (!present) {
            report.add("entry_disappeared", null, {index, kept: at + 1});
        }
    }
}
