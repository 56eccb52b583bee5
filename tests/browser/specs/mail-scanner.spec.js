// What reads mail before people do: it opens every link, follows every link behind it and sends every form that it finds. Nothing comes of it.
import { signIn } from "../firm/doors.js";
import { find } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { links } from "../firm/mail.js";
import { expect, oneHouse, test } from "../test.js";

/** @typedef {import("../test.js").Page} Page */

/** More pages than these stand open to nobody. */
const PAGES_MAX = 40;

const house = oneHouse(House.furnished);

test("a mail scanner that opens, follows and sends everything changes nothing", async ({ come }) => {
  const recruiter = await come(house());
  await signIn(recruiter, house(), "Grace");
  const numbers = house().links?.candidates.map((candidate) => candidate.offer).slice(0, 4) ?? [];
  const before = await histories(recruiter, numbers);

  const { candidates = [], clients = [], approvers = [] } = house().links ?? {};
  const invitations = [...candidates, ...clients, ...approvers].map(({ invitation }) => invitation);
  const mailed = house().mail.all().flatMap(links);
  const ways = [...new Set([...mailed, ...invitations].map((link) => house().path(link)))];
  const wayIn = ways.filter((way) => /^\/[oca]\/i\//.test(way));
  expect(wayIn.length, "links that let somebody in").toBeGreaterThan(4);
  const toDecide = wayIn.filter((way) => way.startsWith("/a/"));
  expect(toDecide.length, "links that ask for a decision").toBeGreaterThan(2);
  for (const way of [...wayIn.filter((way) => !toDecide.includes(way)).slice(0, 6), ...toDecide.slice(0, 3), ...ways.filter((way) => !wayIn.includes(way)).slice(0, 3)]) {
    await scan(await come(house()), way);
  }

  expect(await histories(recruiter, numbers)).toEqual(before);
});

/**
 * Opens a link and everything behind it, and sends every form on the way with something in every box.
 * @param {Page} page
 * @param {string} start
 */
async function scan(page, start) {
  const [queue, known] = [[start], new Set([start])];
  while (queue.length > 0 && known.size < PAGES_MAX) {
    const address = queue.shift() ?? "";
    await page.goto(address);
    for (let place = 0; place < (await page.locator("form").count()); place += 1) {
      await Promise.all([page.waitForEvent("load"), page.locator("form").nth(place).evaluate(sendAnything)]);
      note(page.url());
      await page.goto(address);
    }
    const found = await page.locator("a[href]").evaluateAll((ways) => ways.map((way) => /** @type {HTMLAnchorElement} */ (way).href));
    found.forEach(note);
  }

  /** @param {string} link */
  function note(link) {
    const url = new URL(link);
    // the same page again with a form that came back is the same page
    const way = url.pathname;
    if (url.origin === house().url && !known.has(way)) {
      known.add(way);
      queue.push(way);
    }
  }
}

/**
 * Fills every box and sends the form, as one who sees no button; runs in the browser.
 * @param {Element} element
 */
function sendAnything(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  for (const box of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (box instanceof HTMLInputElement && ["checkbox", "radio"].includes(box.type)) {
      box.checked = true;
    } else if (box instanceof HTMLSelectElement) {
      box.selectedIndex = box.options.length - 1;
    } else {
      /** @type {HTMLInputElement} */ (box).value = "123456";
    }
  }
  form.requestSubmit();
}

/**
 * Where each offer stands, and its whole history.
 * @param {Page} page
 * @param {string[]} numbers
 */
async function histories(page, numbers) {
  const all = [];
  for (const number of numbers) {
    await page.goto(await find(page, number));
    all.push([await page.locator(".offer-sentence").innerText(), await page.locator("#history").innerText()]);
  }
  return all;
}
