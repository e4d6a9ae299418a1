/**
 * What this browser keeps of the passports it has seen, so that a log that went back
 * or was rewritten is noticed at the next visit.
 */

const LOG = "dms.log";
const CAR = "dms.passport.";

/** @returns {Storage|null} null where the reader forbids it */
function storage() {
    try {
        return window.localStorage;
    } catch {
        return null;
    }
}

function read(name) {
    try {
        return JSON.parse(storage()?.getItem(name) ?? null);
    } catch {
        return null; // not ours, or cut off: as if nothing had been kept
    }
}

function write(name, value) {
    try {
        storage()?.setItem(name, JSON.stringify(value));
    } catch (error) {
        console.warn("The passport is not remembered:", error.message);
    }
}

/**
 * @param {String} vin
 * @returns {{since: Number, previous: Object|String}|null} what `check` compares with:
 *   the events of this car as seen last, and the newest checkpoint of any car
 */
export function recall(vin) {
    const log = read(LOG);
    if (!log) {
        return null;
    }
    const car = read(CAR + vin);
    const previous = car ? {...car, checkpoint: log.note} : log.note;
    return {since: log.size, previous};
}

/** Keep what was proven; what was refused must not replace it. */
export function keep(passport, size) {
    write(LOG, {note: passport.checkpoint, size, keys: passport.log.keys});
    write(CAR + passport.vin, passport);
}

/** @returns {Boolean} whether the log has keys this browser has not seen before */
export function hasNewKey(keys) {
    const known = read(LOG)?.keys;
    return Boolean(known) && keys.some((key) => !known.includes(key));
}
