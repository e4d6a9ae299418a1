/** Checking inclusion and consistency proofs: RFC 9162, 2.1.3.2 and 2.1.4.2. */

import {equal} from "./bytes.js";
import {nodeHash} from "./hashing.js";

// Sizes go up to 2^53, beyond what the operators on bits can do.
const half = (number) => Math.floor(number / 2);
const isOdd = (number) => number % 2 === 1;
const isHash = (value) => value.length === 32;

function isSize(number) {
    return Number.isSafeInteger(number) && number >= 0;
}

function isPowerOfTwo(number) {
    let rest = number;
    while (rest > 1 && !isOdd(rest)) {
        rest = half(rest);
    }
    return rest === 1;
}

/** Where the node is a right child again, or the root. */
function climb(at, last) {
    let [place, end] = [at, last];
    while (place && !isOdd(place)) {
        [place, end] = [half(place), half(end)];
    }
    return [place, end];
}

/**
 * @param {Uint8Array} leaf hash of the leaf
 * @param {Number} index its place in the log
 * @param {Number} size of the log
 * @param {Uint8Array[]} proof
 * @param {Uint8Array} root of the log
 * @returns {Promise<Boolean>} whether it is the index-th leaf below the root
 */
export async function isIncluded(leaf, index, size, proof, root) {
    if (!isSize(index) || !isSize(size) || index >= size) {
        return false;
    }
    if (![leaf, root, ...proof].every(isHash)) {
        return false;
    }
    let [at, last, result] = [index, size - 1, leaf];
    for (const sibling of proof) {
        if (!last) {
            return false;
        }
        if (isOdd(at) || at === last) {
            result = await nodeHash(sibling, result);
            [at, last] = climb(at, last);
        } else {
            result = await nodeHash(result, sibling);
        }
        [at, last] = [half(at), half(last)];
    }
    return !last && equal(result, root);
}

/**
 * @returns {Promise<Boolean>} whether the log of `size2` entries begins with the log of
 *   `size1`; an empty one proves nothing
 */
export async function isConsistent(size1, size2, root1, root2, proof) {
    if (!isSize(size1) || !isSize(size2) || !size1 || size1 > size2) {
        return false;
    }
    if (size1 === size2) {
        return !proof.length && equal(root1, root2);
    }
    if (!proof.length || ![root1, root2, ...proof].every(isHash)) {
        return false;
    }
    return climbBoth(size1, size2, root1, root2, proof);
}

async function climbBoth(size1, size2, root1, root2, proof) {
    const path = isPowerOfTwo(size1) ? [root1, ...proof] : proof;
    let [at, last] = [size1 - 1, size2 - 1];
    while (isOdd(at)) {
        [at, last] = [half(at), half(last)];
    }
    let [result1, result2] = [path[0], path[0]];
    for (const sibling of path.slice(1)) {
        if (!last) {
            return false;
        }
        if (isOdd(at) || at === last) {
            result1 = await nodeHash(sibling, result1);
            result2 = await nodeHash(sibling, result2);
            [at, last] = climb(at, last);
        } else {
            result2 = await nodeHash(result2, sibling);
        }
        [at, last] = [half(at), half(last)];
    }
    return !last && equal(result1, root1) && equal(result2, root2);
}
