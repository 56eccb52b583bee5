// The offer model in a browser without a page: the bundle with its door for tests, as `cargo xtask probe` leaves it.
import { readFileSync } from "node:fs";
import { ROOT } from "./binary.js";

/** @typedef {import("@playwright/test").Page} Page */

const TYPES = /** @type {Record<string, string>} */ ({
  "": "text/html",
  "probe.js": "text/javascript",
  "probe.wasm": "application/wasm",
  "drafts.json": "application/json",
  "rules.json": "application/json",
});

/**
 * A page with the bundle loaded: `window.model` has what it exports.
 * @param {import("@playwright/test").Browser} browser
 * @returns {Promise<Page>}
 */
export async function openProbe(browser) {
  const page = await browser.newPage();
  await page.route("http://probe.test/**", (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const body = name === "" ? "<!doctype html>" : readFileSync(`${ROOT}target/probe/${name}`);
    return route.fulfill({ contentType: TYPES[name], body });
  });
  await page.goto("http://probe.test/");
  await page.evaluate(async () => {
    const model = await import("http://probe.test/probe.js");
    await model.default({ module_or_path: "http://probe.test/probe.wasm" });
    Object.assign(window, { model });
  });
  return page;
}
