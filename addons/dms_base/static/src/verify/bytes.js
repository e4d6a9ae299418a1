/** Bytes and texts; nothing is accepted that has a second way of being written. */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", {fatal: true, ignoreBOM: true});

/** Something is not written in the one way it can be written. */
export class FormatError extends Error {}

export function encodeText(text) {
    return encoder.encode(text);
}

export function decodeText(bytes) {
    try {
        return decoder.decode(bytes);
    } catch {
        throw new FormatError("not UTF-8");
    }
}

export function encodeBase64(bytes) {
    let binary = "";
    for (const byte of bytes) {
        binary += String.fromCharCode(byte);
    }
    return btoa(binary);
}

export function decodeBase64(text) {
    if (typeof text !== "string") {
        throw new FormatError("not base64");
    }
    let binary = "";
    try {
        binary = atob(text);
    } catch {
        throw new FormatError("not base64");
    }
    if (btoa(binary) !== text) {
        throw new FormatError("not base64 in its canonical form");
    }
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** @returns {Uint8Array} the 32 bytes of a hash */
export function decodeHash(text) {
    const bytes = decodeBase64(text);
    if (bytes.length !== 32) {
        throw new FormatError("a hash has 32 bytes");
    }
    return bytes;
}

export function toHex(bytes) {
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function join(...parts) {
    const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
        whole.set(part, at);
        at += part.length;
    }
    return whole;
}

export function equal(one, other) {
    return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
