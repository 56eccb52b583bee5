// Whether a page is fit to be seen: by axe, by its width, by its outline, in every look in which people see it.
import { test } from "@playwright/test";
import axe from "axe-core";

/** @typedef {import("@playwright/test").Page} Page */

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const WIDE = 1280;
const PHONE = 390;
/** The narrowest phone, and 1280 px at 400 %. */
const NARROWEST = 320;

/** @typedef {{width: number, scheme: "light" | "dark"}} Look */

/** @type {Look[]} */
export const LOOKS = [WIDE, PHONE].flatMap((width) => [
  { width, scheme: /** @type {const} */ ("light") },
  { width, scheme: /** @type {const} */ ("dark") },
]);

/** A large and light one, a small and dark one: for a page that was seen in all looks in another state. */
export const SOME_LOOKS = [LOOKS[0], LOOKS[LOOKS.length - 1]];

/** Of what axe looks for, all that a colour scheme can change. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/**
 * Everything that is wrong with the page that stands there, with all that is folded unfolded; nothing on a sound page. Without script the
 * page is the same but for what script adds to it, so there it is looked at once.
 * @param {Page} page
 * @param {Look[]} looks
 * @returns {Promise<string[]>}
 */
export async function faults(page, looks = LOOKS) {
  const where = new URL(page.url()).pathname;
  await unfold(page);
  await bringAxe(page);
  const found = await outline(page);
  const seenAt = new Set();
  for (const { width, scheme } of hasScript() ? looks : [LOOKS[2]]) {
    await look(page, width, scheme);
    const rules = seenAt.has(width) ? COLOUR_RULES : TAGS;
    const wrong = [...(await overflow(page)), ...(await violations(page, rules))];
    seenAt.add(width);
    found.push(...wrong.map((fault) => `${width} px, ${scheme}: ${fault}`));
  }
  await look(page, NARROWEST, "light");
  found.push(...(await overflow(page)).map((fault) => `${NARROWEST} px: ${fault}`));
  await look(page, WIDE, "light");
  return found.map((fault) => `${where}: ${fault}`);
}

/**
 * @param {Page} page
 * @param {number} width
 * @param {"light" | "dark"} colorScheme
 */
export async function look(page, width, colorScheme) {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia({ colorScheme });
}

/**
 * Opens everything that is folded, but for what then lies over other things, as a menu does.
 * @param {Page} page
 */
export async function unfold(page) {
  await page.evaluate(() =>
    document.querySelectorAll("details").forEach((fold) => {
      fold.open = true;
      fold.open = ![...fold.children].some((inner) => getComputedStyle(inner).position === "absolute");
    }),
  );
}

/**
 * Brings axe onto the page, past its policy. Where a page may run no script it has no timers either, with which axe only takes breath.
 * @param {Page} page
 */
async function bringAxe(page) {
  await page.evaluate(axe.source);
  if (!hasScript()) {
    await page.evaluate(() => {
      globalThis.setTimeout = (work, milliseconds = 0) => {
        milliseconds < 50 && Promise.resolve().then(work);
        return 0;
      };
    });
  }
}

function hasScript() {
  return test.info().project.use.javaScriptEnabled !== false;
}

/**
 * @param {Page} page
 * @param {string[]} rules by their tags or names
 */
async function violations(page, rules) {
  const type = rules === TAGS ? "tag" : "rule";
  return page.evaluate(
    async ([type, values]) => {
      const runOnly = { type, values };
      const { violations } = await globalThis.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.target} ${node.failureSummary?.split("\n")[1]?.trim()}`).join("; ")}`);
    },
    /** @type {const} */ ([type, rules]),
  );
}

/**
 * What sticks out at the side.
 * @param {Page} page
 */
export async function overflow(page) {
  return page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) {
      return [];
    }
    const out = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > room + 1);
    const widest = out.slice(-3).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
    return [`sticks out by ${document.documentElement.scrollWidth - room} px: ${widest.join(", ")}`];
  });
}

/** @param {Page} page */
async function outline(page) {
  return page.evaluate(() => {
    const wrong = [];
    const heads = document.querySelectorAll("h1").length;
    if (heads !== 1) {
      wrong.push(`${heads} h1`);
    }
    if (document.title.trim() === "") {
      wrong.push("no title");
    }
    const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
    const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
    if (twice.length > 0) {
      wrong.push(`ids that stand twice: ${twice.join(", ")}`);
    }
    return wrong;
  });
}
