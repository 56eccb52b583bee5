// What the offer model takes in Chromium, as JSON in milliseconds: for `cargo xtask bench`.
import { chromium as browsers } from "@playwright/test";
import { chromium } from "./firm/chromium.js";
import { openProbe } from "./firm/probe.js";

const browser = await browsers.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
try {
  const page = await openProbe(browser);
  console.log(JSON.stringify(await page.evaluate(measure)));
} finally {
  await browser.close();
}

/** Runs in the browser: medians of one look at a draft, of one route, and of checks and route after a change. */
async function measure() {
  const { Probe, Ruled } = globalThis.model;
  const read = async (/** @type {string} */ name) => (await fetch(`http://probe.test/${name}.json`)).json();
  const median = (/** @type {number[]} */ taken) => taken.sort((one, other) => one - other)[Math.floor(taken.length / 2)];
  const each = (/** @type {number} */ times, /** @type {(times: number) => void} */ often) => {
    const begun = performance.now();
    often(times);
    return (performance.now() - begun) / times;
  };
  const drafts = [];
  for (const { slice, entries } of await read("drafts")) {
    const probe = Probe.of(slice, entries);
    drafts.push(each(20, (times) => probe.look_often(times)));
    probe.free();
  }
  const { playbook, entries, opening, today } = await read("rules");
  const ruled = Ruled.of(playbook, entries, opening, today);
  const rounds = Array.from({ length: 200 });
  const routes = rounds.map(() => each(20, (times) => ruled.route_often(times)));
  const changes = rounds.map(() => each(20, (times) => ruled.change_often(times)));
  return { drafts: drafts.length, steps: ruled.steps(), look: median(drafts), route: median(routes), change: median(changes) };
}
