// Reads cases as JSON, answers with what the browser's modules say about each.
import {readFileSync} from "node:fs";
import process from "node:process";
import {pathToFileURL} from "node:url";

const [folder, file] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(`${folder}/${name}.js`));
const {decodeBase64} = await load("bytes");
const {check} = await load("passport");
const {isConsistent, isIncluded} = await load("proofs");
const {FAILURES, NOTES} = await load("codes");
const {WORDS} = await load("words");

const raw = (values) => (values ?? []).map(decodeBase64);

const answers = {
    codes: () => ({FAILURES, NOTES}),
    words: () => WORDS,
    inclusion: ({leafHash, leafIdx, treeSize, proof, root}) =>
        isIncluded(
            decodeBase64(leafHash),
            leafIdx,
            treeSize,
            raw(proof),
            decodeBase64(root),
        ),
    consistency: ({size1, size2, root1, root2, proof}) =>
        isConsistent(
            size1,
            size2,
            decodeBase64(root1),
            decodeBase64(root2),
            raw(proof),
        ),
    passport: async ({passport, keys, previous}) => {
        const report = await check(passport, {keys, previous});
        const {findings, notes, entries} = report;
        return {findings, notes, entries: [...entries], good: report.good};
    },
};

const results = [];
for (const [what, value] of JSON.parse(readFileSync(file, "utf-8"))) {
    results.push(await answers[what](value));
}
process.stdout.write(JSON.stringify(results));
