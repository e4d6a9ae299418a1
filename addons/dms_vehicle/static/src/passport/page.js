/** Checks the passport on the page in the reader's own browser, and shows what it found. */

import {check} from "@dms_base/verify/passport";
import {say} from "@dms_base/verify/words";
import {hasNewKey, keep, recall} from "./memory";
import {Timeline, fill} from "./timeline";

const page = document.body.dataset;

function canCheck() {
    return Boolean(window.crypto?.subtle);
}

/** @returns {Promise<Object|null>} the passport; null if the log is empty still */
async function load(since) {
    const query = since ? `?since=${since}` : "";
    const response = await fetch(page.source + query);
    if (response.status === 404) {
        return null;
    }
    if (!response.ok) {
        throw new Error(`${response.status}`);
    }
    return response.json();
}

function sentence({code, event, values}) {
    const said = say(page.language, code, values);
    return event ? say(page.language, "event", {event, sentence: said}) : said;
}

function listFindings(findings) {
    const items = findings.map((finding) => {
        const item = document.createElement("li");
        item.textContent = sentence(finding);
        return item;
    });
    document.querySelector(".findings").replaceChildren(...items);
}

/** @returns {String} checked, as a whole: good, bad, empty or cannot */
function verdict(report, passport) {
    if (report.findings.some(({code}) => code === "signature_uncheckable")) {
        return "cannot";
    }
    if (!report.good) {
        return "bad";
    }
    return passport.events.length ? "good" : "empty";
}

function show(report, passport, timeline) {
    const state = verdict(report, passport);
    const events = report.findings.filter(({event}) => event);
    const wrong = new Map(
        events.map(({event, code, values}) => [
            event,
            say(page.language, code, values),
        ]),
    );
    // what is wrong with the log as a whole takes the proof from every event
    const whole = events.length === report.findings.length;
    const otherwise = whole && state !== "cannot" ? "good" : "";
    timeline.show(passport.events.length, report.entries, wrong, otherwise);
    listFindings(report.findings);
    const size = report.checkpoint?.size.toLocaleString("en-US");
    fill(document.querySelector(".banner"), {events: passport.events.length, size});
    page.state = state;
}

async function run(timeline) {
    const vin = document.querySelector(".vin b").textContent;
    const kept = recall(vin);
    const passport = await load(kept?.since);
    if (!passport) {
        page.state = "empty";
        return;
    }
    const keys = (page.keys ?? "").split(" ");
    const report = await check(passport, {keys, previous: kept?.previous ?? null});
    document.querySelector(".new-key").hidden = !hasNewKey(keys);
    show(report, passport, timeline);
    if (report.good) {
        keep(passport, report.checkpoint.size);
    }
}

/** Check what the page shows; it is started once when the page is there. */
export async function start() {
    const list = document.querySelector(".timeline");
    const template = document.querySelector("#row");
    const language = {words: JSON.parse(page.words), distance: page.distance};
    const timeline = new Timeline(list, template, language);
    page.state = "checking";
    timeline.mark("checking");
    try {
        await run(timeline);
    } catch (error) {
        console.warn("The passport could not be loaded:", error.message);
        page.state = "offline";
        timeline.mark("");
    }
}

async function print() {
    const code = document.querySelector(".code");
    code.open = true;
    await code.querySelector("img").decode();
    window.print();
}

document.querySelector(".print")?.addEventListener("click", print);
if (page.source && canCheck()) {
    start();
}
