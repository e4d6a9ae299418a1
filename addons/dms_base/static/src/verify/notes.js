/** Signed notes and checkpoints: C2SP signed-note and tlog-checkpoint, Ed25519. */

import {
    FormatError,
    decodeBase64,
    decodeHash,
    encodeText,
    equal,
    join,
    toHex,
} from "./bytes.js";
import {sha256} from "./hashing.js";

const ED25519 = 1;
const COSIGNATURE = 4;
const MAX_BYTES = 1000000;
const MAX_SIGNATURES = 100;

/** A note nobody can use; `code` is malformed, key_unknown, signature_bad or
 * signature_uncheckable. */
export class NoteError extends Error {
    constructor(code) {
        super(code);
        this.code = code;
    }
}

function hasControl(text) {
    return [...text].some((char) => char < " " && char !== "\n");
}

function isName(name) {
    return name.length > 0 && !/[+\s\u0085]/.test(name) && !hasControl(name);
}

/** @returns {Promise<{name, kind, key, id}>} a public key from its text */
export async function parseKey(vkey) {
    const [name, id, ...packed] = vkey.split("+");
    const raw = decodeBase64(packed.join("+"));
    const [kind, key] = [raw[0], raw.slice(1)];
    const digest = await sha256(join(encodeText(`${name}\n`), raw));
    const known = kind === ED25519 || kind === COSIGNATURE;
    if (!isName(name) || !known || key.length !== 32) {
        throw new FormatError("not a key");
    }
    if (toHex(digest.slice(0, 4)) !== id) {
        throw new FormatError("the id of the key does not belong to it");
    }
    return {name, kind, key, id: digest.slice(0, 4)};
}

/** @returns {{text, signatures}} the parts of a signed note */
export function parseNote(note) {
    const gap = note.lastIndexOf("\n\n");
    const tooLong = encodeText(note).length > MAX_BYTES;
    if (tooLong || hasControl(note) || !isWellFormed(note)) {
        throw new NoteError("malformed");
    }
    if (gap < 0 || !note.endsWith("\n") || gap + 2 >= note.length) {
        throw new NoteError("malformed");
    }
    const lines = note.slice(gap + 2, -1).split("\n");
    if (lines.length > MAX_SIGNATURES) {
        throw new NoteError("malformed");
    }
    return {text: note.slice(0, gap + 1), signatures: lines.map(parseLine)};
}

function isWellFormed(text) {
    return !/[\ud800-\udfff]/u.test(text);
}

function parseLine(line) {
    const parts = line.split(" ");
    if (parts.length !== 3 || parts[0] !== "\u2014" || !isName(parts[1])) {
        throw new NoteError("malformed");
    }
    const raw = decodeSignature(parts[2]);
    return {name: parts[1], id: raw.slice(0, 4), blob: raw.slice(4)};
}

function decodeSignature(text) {
    try {
        const raw = decodeBase64(text);
        if (raw.length > 4) {
            return raw;
        }
    } catch (error) {
        if (!(error instanceof FormatError)) {
            throw error;
        }
    }
    throw new NoteError("malformed");
}

async function isSignedBy(key, message, signature) {
    let imported = null;
    try {
        imported = await crypto.subtle.importKey(
            "raw",
            key.key,
            {name: "Ed25519"},
            false,
            ["verify"],
        );
    } catch (error) {
        if (error.name === "NotSupportedError") {
            throw new NoteError("signature_uncheckable");
        }
        return false;
    }
    return crypto.subtle.verify({name: "Ed25519"}, imported, signature, message);
}

/** Check the signatures by known keys; unknown ones are passed over. */
export async function verifyNote(note, keys) {
    const message = encodeText(note.text);
    let signed = false;
    for (const key of keys.filter(({kind}) => kind === ED25519)) {
        for (const {name, id, blob} of note.signatures) {
            if (name !== key.name || !equal(id, key.id)) {
                continue;
            }
            if (!(await isSignedBy(key, message, blob))) {
                throw new NoteError("signature_bad");
            }
            signed = true;
        }
    }
    if (!signed) {
        throw new NoteError("key_unknown");
    }
}

/** @returns {{origin, size, root}} */
export function parseCheckpoint(text) {
    const lines = text.split("\n");
    const wellFormed = lines.length >= 4 && lines[0] && !lines[lines.length - 1];
    if (!wellFormed || !/^(0|[1-9][0-9]{0,14})$/.test(lines[1])) {
        throw new NoteError("malformed");
    }
    try {
        return {origin: lines[0], size: Number(lines[1]), root: decodeHash(lines[2])};
    } catch {
        throw new NoteError("malformed");
    }
}

/** @returns {Promise<{origin, size, root}>} what one of the log's keys signed */
export async function openCheckpoint(note, keys) {
    const parsed = parseNote(note);
    const checkpoint = parseCheckpoint(parsed.text);
    await verifyNote(
        parsed,
        keys.filter(({name}) => name === checkpoint.origin),
    );
    return checkpoint;
}
