/** How leaves and nodes are hashed: RFC 6962, section 2.1, with SHA-256. */

import {join} from "./bytes.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export async function sha256(bytes) {
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

export function leafHash(entry) {
    return sha256(join(LEAF, entry));
}

export function nodeHash(left, right) {
    return sha256(join(NODE, left, right));
}
