// The board while somebody looks at it: @script
import { signIn } from "../firm/doors.js";
import { act, begin } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { expect, oneHouse, test } from "../test.js";

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {import("@playwright/test").Locator} Locator
 */

const house = oneHouse(House.demo);

const lines = (/** @type {Page} */ page) => page.locator("#board [data-offer]");
const linkOf = (/** @type {Locator} */ line) => line.locator("a").first();
const preview = (/** @type {Page} */ page) => page.getByRole("complementary", { name: "Preview" });
const search = (/** @type {Page} */ page) => page.getByRole("searchbox");

/**
 * The board with its island awake.
 * @param {Page} page
 * @param {string} query
 */
async function board(page, query = "") {
  await page.goto(`/offers${query}`);
  await expect(page.locator("#board-foot")).toBeVisible();
}

/**
 * Makes the browser say that the page is hidden, or in sight again, as it does when somebody turns to another window.
 * @param {Page} page
 * @param {"hidden" | "visible"} state
 */
async function turn(page, state) {
  await page.evaluate((state) => {
    Object.defineProperty(document, "visibilityState", { configurable: true, value: state });
    document.dispatchEvent(new Event("visibilitychange"));
  }, state);
}

/**
 * Counts the streams that a page has open.
 * @param {Page} page
 */
function streams(page) {
  const open = new Set();
  page.on("request", (request) => request.url().includes("/live?") && open.add(request));
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  return open;
}

/**
 * A new draft of the same recruiter, made in a browser of its own.
 * @param {import("../test.js").Come} come
 * @param {string} name
 */
async function draftElsewhere(come, name) {
  const elsewhere = await come(house());
  await signIn(elsewhere, house(), "Ava");
  const offer = await begin(elsewhere, { engagement: "temp", name, email: `${name.replace(" ", ".").toLowerCase()}@example.com` });
  return { elsewhere, offer };
}

test("the board is walked through by keys @script", async ({ come }) => {
  const page = await come(house());
  await signIn(page, house(), "Ava");
  await board(page);
  const [first, second] = [linkOf(lines(page).nth(0)), linkOf(lines(page).nth(1))];

  await test.step("line by line", async () => {
    await page.keyboard.press("j");
    await expect(first).toBeFocused();
    await page.keyboard.press("j");
    await expect(second).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(first).toBeFocused();
    await page.keyboard.press("k");
    await expect(first, "there is nothing before the first").toBeFocused();
  });

  await test.step("to the next column and back", async () => {
    const columns = page.locator("#board .board-column").filter({ has: page.locator("[data-offer]") });
    await linkOf(columns.nth(0).locator("[data-offer]").first()).focus();
    await page.keyboard.press("ArrowRight");
    await expect(linkOf(columns.nth(1).locator("[data-offer]").first())).toBeFocused();
    await page.keyboard.press("ArrowLeft");
    await expect(linkOf(columns.nth(0).locator("[data-offer]").first())).toBeFocused();
  });

  await test.step("to the search, where letters are letters", async () => {
    await page.keyboard.press("/");
    await expect(search(page)).toBeFocused();
    await page.keyboard.type("jkp?");
    await expect(search(page)).toHaveValue("jkp?");
    await expect(preview(page)).toBeHidden();
    await search(page).fill("");
    await page.locator("h1").click();
  });

  await test.step("the keys are told, and can be turned off for good", async () => {
    await page.keyboard.press("?");
    const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await expect(keys).toBeVisible();
    await keys.getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await expect(keys).toBeHidden();
    await board(page);
    await page.keyboard.press("j");
    await expect(lines(page).locator("a:focus")).toHaveCount(0);
    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await keys.getByRole("checkbox").check();
    await keys.getByRole("button").click();
    await page.keyboard.press("j");
    await expect(first).toBeFocused();
  });

  await test.step("Enter opens the offer", async () => {
    const path = await first.getAttribute("href");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**${path}`);
  });
});

test("an offer is shown beside the board, and the next one, and the way back is where it was @script", async ({ come }) => {
  const page = await come(house());
  await signIn(page, house(), "Ava");
  await board(page, "?view=table");
  const name = async (/** @type {number} */ place) => (await linkOf(lines(page).nth(place)).innerText()).trim();
  const shown = preview(page).getByRole("heading", { level: 2 }).first();

  await linkOf(lines(page).nth(0)).focus();
  await page.keyboard.press("p");
  await expect(shown).toHaveText(await name(0));
  await expect(preview(page)).toBeFocused();
  await page.keyboard.press("j");
  await expect(shown).toHaveText(await name(1));
  await expect(lines(page).nth(1)).toHaveAttribute("data-here", "");
  await page.keyboard.press("Escape");
  await expect(preview(page)).toBeHidden();
  await expect(linkOf(lines(page).nth(1))).toBeFocused();

  await board(page);
  await lines(page).nth(2).getByRole("link", { name: /^Preview of / }).click();
  await expect(shown).toHaveText(await name(2));
  expect(new URL(page.url()).pathname, "the board stays").toBe("/offers");
  await preview(page).getByRole("button", { name: "Close" }).click();
  await expect(preview(page)).toBeHidden();
  await expect(linkOf(lines(page).nth(2))).toBeFocused();
});

test("what others do comes to the board by itself, moves no focus and reloads nothing @script", async ({ come }) => {
  const page = await come(house());
  await signIn(page, house(), "Ava");
  await board(page, "?view=table&mine=yes");
  await page.evaluate(() => Object.assign(window, { stayed: true }));
  const focused = linkOf(lines(page).nth(1));
  await focused.focus();
  const path = await focused.getAttribute("href");

  const { elsewhere, offer } = await draftElsewhere(come, "Nora Quist");
  await expect(lines(page).filter({ hasText: "Nora Quist" })).toHaveCount(1);
  await expect(page.locator(`#board a[href="${path}"]`).first()).toBeFocused();
  expect(await page.evaluate(() => "stayed" in window)).toBe(true);

  await test.step("and goes again when it has ended, which is said", async () => {
    await act(elsewhere, offer, "offers/cancel", { reason: "a slip" });
    await expect(lines(page).filter({ hasText: "Nora Quist" })).toHaveCount(0);
    await expect(page.locator("#board-said")).toContainText("Nora Quist");
  });
});

test("windows of one browser share one stream; a hidden one closes it and misses nothing @script", async ({ come }) => {
  const one = await come(house());
  await signIn(one, house(), "Ava");
  const other = await one.context().newPage();
  const [ofOne, ofOther] = [streams(one), streams(other)];
  await board(one, "?view=table&mine=yes");
  await expect.poll(() => ofOne.size).toBe(1);
  await board(other, "?view=table&mine=yes");

  await test.step("news reach the window that has no stream", async () => {
    await draftElsewhere(come, "Ola Brandt");
    await expect(lines(one).filter({ hasText: "Ola Brandt" })).toHaveCount(1);
    await expect(lines(other).filter({ hasText: "Ola Brandt" })).toHaveCount(1);
    expect(ofOne.size + ofOther.size, "streams of this browser").toBe(1);
  });

  await test.step("a hidden window gives its stream to the other", async () => {
    await turn(one, "hidden");
    await expect.poll(() => ofOne.size).toBe(0);
    await expect.poll(() => ofOther.size).toBe(1);
  });

  await test.step("nobody looks: no stream; back in sight: nothing was missed", async () => {
    await turn(other, "hidden");
    await expect.poll(() => ofOther.size).toBe(0);
    await draftElsewhere(come, "Pia Lund");
    await turn(one, "visible");
    await expect(lines(one).filter({ hasText: "Pia Lund" })).toHaveCount(1);
    await expect.poll(() => ofOne.size).toBe(1);
  });
});

test("a server that was away is listened to again, and what happened before anybody listened is there @script", async ({ browser, come }) => {
  // a browser whose console may complain: its server goes away
  const context = await browser.newContext({ baseURL: house().url });
  const page = await context.newPage();
  try {
    await signIn(page, house(), "Ava");
    await board(page, "?view=table&mine=yes");
    const address = new URL(house().url).host;
    await house().stop();
    await house().startAgain(address);
    await draftElsewhere(come, "Rune Dahl");
    await expect(lines(page).filter({ hasText: "Rune Dahl" })).toHaveCount(1);
  } finally {
    await context.close();
  }
});
