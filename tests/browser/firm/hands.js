// What people do with an offer, each at their own browser, by the forms of its pages.
import { expect } from "@playwright/test";
import { fill, form, send } from "./forms.js";

/** @typedef {import("@playwright/test").Page} Page */

/** What an intake still lacks after an opening has filled in what it knows. */
const THE_REST = {
  "hire.kind": "new",
  "org.department": "Nursing",
  "org.purchase_order": "PO-4711",
  "candidate.phone": "+1 916 555 0100",
  "candidate.address": "12 Elm Street, Sacramento, CA 95814",
  "job.title": "Registered Nurse, ICU",
  "job.level": "RN2",
  "job.reports_to": "Nursing supervisor",
  "job.employment_type": "full_time",
  "job.classification": "non_exempt",
  "job.schedule": "three nights a week",
  "job.shift": "night",
  "job.hours_per_week": "36",
  "job.worksite": "Main campus",
  "job.city": "Sacramento",
  "job.state": "CA",
  "job.remote": "no",
  "date.start": "2027-01-11",
  "date.end": "2027-04-10",
  "pay.basis": "hourly",
  "pay.base": "60.00",
  "pay.frequency": "weekly",
  "pay.overtime_rule": "1.5 times after 40 hours a week",
  "pay.day": "Friday",
  "benefits.pointer": "the summary at benefits.harborpine.example",
  "bill.rate": "92.00",
  "bill.burden": "24",
  "bill.fee": "20",
  "bill.conversion_fee": "15",
};

/**
 * Begins a blank offer and gives the path of its page.
 * @param {Page} page
 * @param {{engagement: string, name: string, email: string}} candidate
 */
export async function begin(page, candidate) {
  await page.goto("/offers/new");
  const asked = form(page, "offers/begin");
  await fill(asked, candidate);
  await send(page, asked);
  return offerPath(page);
}

/**
 * The path of the offer whose page, or a page below it, stands there.
 * @param {Page} page
 */
export function offerPath(page) {
  const path = new URL(page.url()).pathname.match(/^\/offers\/[0-9a-f]{32}/)?.[0];
  expect(path, `${page.url()} is a page of an offer`).toBeTruthy();
  return path ?? "";
}

/**
 * Looks an offer up by its number and gives the path of its page.
 * @param {Page} page
 * @param {string} number as `REQ-1000-1`
 */
export async function find(page, number) {
  await page.goto(`/offers?q=${number}`);
  await page.locator("main :is(tr, li, article)").filter({ hasText: number }).locator('a[href^="/offers/"]').first().click();
  await page.waitForURL(/\/offers\/[0-9a-f]{32}/);
  return offerPath(page);
}

/**
 * Goes through the intake page by page: these answers, something in every other box that is still empty, and these ticks.
 * @param {Page} page
 * @param {string} offer
 * @param {Record<string, string>} answers
 * @param {string[]} ticks
 */
export async function fillIntake(page, offer, answers, ticks = []) {
  await page.goto(`${offer}/intake`);
  const asked = form(page, "offers/save");
  while (!page.url().includes("/review")) {
    const open = await asked.locator("[name^=fields]:not([type=hidden])").evaluateAll(boxesWithout);
    const mine = Object.entries(answers).filter(([field]) => open.all.includes(field));
    const rest = Object.entries(THE_REST).filter(([field]) => open.empty.includes(field) && !(field in answers));
    const named = [...rest, ...mine].map(([field, answer]) => [`fields[${field}]`, answer]);
    await fill(asked, Object.fromEntries(named));
    for (const tick of ticks) {
      const box = asked.locator(`[name="codes[${tick}]"]`);
      if ((await box.count()) > 0) {
        await box.check();
      }
    }
    await send(page, asked);
  }
}

/**
 * Gives the same reason wherever a form asks for one in writing.
 * @param {import("@playwright/test").Locator} asked
 * @param {string} reason
 */
export async function giveReasons(asked, reason) {
  for (const box of await asked.locator(`[name^="reasons["]`).all()) {
    await box.fill(reason);
  }
}

/**
 * Fills in and sends one form of a page.
 * @param {Page} page
 * @param {string} path
 * @param {string} address of the form
 * @param {Record<string, string>} answers
 */
export async function act(page, path, address, answers = {}) {
  await page.goto(path);
  const asked = form(page, address);
  await fill(asked, answers);
  await giveReasons(asked, "agreed with finance");
  await send(page, asked);
}

/**
 * The fields that are asked here, and those without an answer; runs in the browser.
 * @param {(HTMLInputElement | HTMLSelectElement)[]} boxes
 */
function boxesWithout(boxes) {
  const field = (/** @type {HTMLInputElement | HTMLSelectElement} */ box) => box.name.slice("fields[".length, -1);
  const answered = new Set(boxes.filter((box) => (box.type === "radio" ? box.matches(":checked") : box.value !== "")).map(field));
  const all = [...new Set(boxes.map(field))];
  return { all, empty: all.filter((name) => !answered.has(name)) };
}
