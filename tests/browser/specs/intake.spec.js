// The intake while somebody types: @script
import { signIn } from "../firm/doors.js";
import { fill, form } from "../firm/forms.js";
import { begin } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { openProbe } from "../firm/probe.js";
import { expect, oneHouse, test } from "../test.js";

/** @typedef {import("@playwright/test").Page} Page */

const house = oneHouse(House.demo);

/** @param {Page} page */
const box = (page, /** @type {string} */ field) => form(page, "offers/save").locator(`[name="fields[${field}]"]`);
const state = (/** @type {Page} */ page) => page.locator(".saved");
const outlook = (/** @type {Page} */ page) => page.getByRole("complementary", { name: "As it stands" });

/**
 * A draft of a nurse, at the page of its pay, with its island awake.
 * @param {Page} page
 * @param {string} email
 */
async function atThePay(page, email) {
  await signIn(page, house(), "Ava");
  const offer = await begin(page, { engagement: "temp", name: "Maria Silva", email });
  await page.goto(`${offer}/intake/pay`);
  await awake(page);
  return offer;
}

/** @param {Page} page */
async function awake(page) {
  await expect(state(page)).not.toHaveText("");
}

test("problems, figures and the route follow what is typed @script", async ({ come }) => {
  const page = await come(house());
  const offer = await atThePay(page, "follow@example.com");

  await test.step("a problem stands beside its field once typing rests, and goes when it is mended", async () => {
    await box(page, "pay.base").pressSequentially("62,5O");
    await expect(box(page, "pay.base")).toHaveAttribute("aria-invalid", "true");
    await expect(box(page, "pay.base")).toHaveAccessibleDescription(/Write an amount in dollars/);
    await box(page, "pay.base").fill("62.50");
    await expect(box(page, "pay.base")).not.toHaveAttribute("aria-invalid");
  });

  await test.step("the band says where the pay stands, to the eye and to a screen reader", async () => {
    await page.goto(`${offer}/intake/parties`);
    await awake(page);
    await box(page, "org.department").fill("Nursing");
    await page.goto(`${offer}/intake/job`);
    await awake(page);
    await box(page, "job.level").fill("RN2");
    await box(page, "job.state").selectOption("CA");
    await box(page, "job.hours_per_week").fill("36");
    await page.goto(`${offer}/intake/pay`);
    await awake(page);
    await box(page, "pay.basis").selectOption("hourly");
    await box(page, "pay.base").fill("66");
    const meter = outlook(page).getByRole("meter", { name: "Pay in its band" });
    await expect(meter).toHaveAttribute("aria-valuetext", "$66.00 an hour: 110% of the middle of the band, in its upper third ($52.00 to $69.00).");
    await expect(outlook(page)).not.toContainText("Pay of $75.00 is above the band");
    await box(page, "pay.base").fill("75");
    await expect(outlook(page)).toContainText("Pay of $75.00 is above the band, which ends at $69.00");
    await expect(outlook(page).locator(".route")).toContainText("Finance");
    await box(page, "pay.base").fill("60");
    await expect(outlook(page).locator(".route")).not.toContainText("Finance");
  });

  await test.step("the button leads to an answer that is wrong before it leads on", async () => {
    await box(page, "pay.base").fill("abc");
    await page.getByRole("button", { name: "Save and review" }).click();
    await expect(box(page, "pay.base")).toBeFocused();
    await expect(box(page, "pay.base")).toHaveAccessibleDescription(/Write an amount in dollars/);
    await expect(state(page)).toHaveText("Saved");
    expect(new URL(page.url()).pathname).toBe(`${offer}/intake/pay`);
    await box(page, "pay.base").fill("60");
  });

  await test.step("what was typed is there again, and the button leads on", async () => {
    await expect(state(page)).toHaveText("Saved");
    await page.reload();
    await expect(box(page, "pay.base")).toHaveValue("60");
    await awake(page);
    await box(page, "pay.base").fill("61");
    await page.getByRole("button", { name: "Save and review" }).click();
    await page.waitForURL("**/review");
    await expect(page.getByRole("main")).toContainText("$61.00");
  });
});

test("the panel moves nothing while somebody types @script", async ({ come }) => {
  const page = await come(house());
  await atThePay(page, "still@example.com");
  const place = async () => (await box(page, "pay.frequency").boundingBox())?.y;
  const before = await place();
  for (const text of ["6", "62", "62,", "62,5", "75", "7", ""]) {
    await box(page, "pay.base").fill(text);
    expect(await place(), text).toBe(before);
  }
});

test("a page that a link leads to shows what was typed a moment ago @script", async ({ come }) => {
  const page = await come(house());
  const offer = await atThePay(page, "moment@example.com");
  await box(page, "pay.base").fill("63.25");
  await page.getByRole("navigation", { name: "Sections of the offer" }).getByRole("link", { name: "Dates" }).click();
  await page.waitForURL("**/intake/dates*");
  await awake(page);
  await page.locator(`a[href="${offer}/review"]`).first().click();
  await page.waitForURL("**/review");
  await expect(page.getByRole("main")).toContainText("$63.25");
});

test("what two windows type is never overwritten unread @script", async ({ come }) => {
  const one = await come(house());
  const offer = await atThePay(one, "two@example.com");
  const other = await one.context().newPage();
  await other.goto(`${offer}/intake/pay`);
  await awake(other);
  await box(one, "pay.base").fill("62.50");
  await box(one, "pay.base").blur();
  await expect(state(one)).toHaveText("Saved");

  await box(other, "pay.base").fill("63");
  await box(other, "pay.base").blur();
  await expect(state(other)).toContainText("Choose which answer stands");
  await expect(other.locator(".field-elsewhere")).toContainText("You, in another window, wrote “$62.50” meanwhile.");
  await other.getByRole("button", { name: "Keep mine" }).click();
  await expect(state(other)).toHaveText("Saved");

  await box(one, "pay.day").fill("Friday");
  await box(one, "pay.day").blur();
  await expect(box(one, "pay.base")).toHaveValue("63");
});

test("what another window answers on another page counts in this one @script", async ({ come }) => {
  const page = await come(house());
  const offer = await atThePay(page, "beyond@example.com");
  await box(page, "pay.basis").selectOption("hourly");
  await box(page, "pay.base").fill("66");
  await expect(outlook(page)).toContainText("There is no pay band");

  const other = await page.context().newPage();
  for (const [section, answers] of [["parties", { "org.department": "Nursing" }], ["job", { "job.level": "RN2", "job.state": "CA" }]]) {
    await other.goto(`${offer}/intake/${section}`);
    const asked = form(other, "offers/save");
    await fill(asked, Object.fromEntries(Object.entries(answers).map(([field, answer]) => [`fields[${field}]`, answer])));
    await asked.getByRole("button", { name: "Save", exact: true }).click();
    await expect(state(other)).toHaveText("Saved");
  }

  await box(page, "pay.day").fill("Friday");
  await expect(outlook(page).getByRole("meter", { name: "Pay in its band" })).toHaveAttribute("aria-valuetext", /\$66.00 an hour/);
});

test("a server that is killed while somebody types loses nothing @script", async ({ browser }) => {
  const own = await House.demo();
  const address = new URL(own.url).host;
  const context = await browser.newContext({ baseURL: own.url });
  const page = await context.newPage();
  try {
    await signIn(page, own, "Ava");
    const offer = await begin(page, { engagement: "temp", name: "Maria Silva", email: "killed@example.com" });
    await page.goto(`${offer}/intake/pay`);
    await awake(page);
    await box(page, "pay.base").fill("62");
    const gone = new Promise((resolve) => own.server.once("exit", resolve));
    own.server.kill("SIGKILL");
    await gone;
    await box(page, "pay.base").fill("62.50");
    await box(page, "pay.day").fill("every Friday");
    await expect(state(page)).toContainText("Not saved: retrying");
    await page.getByRole("button", { name: "Save and review" }).click();
    await expect(state(page)).toContainText("you go on");
    await own.startAgain(address);
    await page.waitForURL("**/review");
    await expect(page.getByRole("main")).toContainText("$62.50");
    await expect(page.getByRole("main")).toContainText("every Friday");
  } finally {
    await context.close();
    await own.close();
  }
});

test("five hundred drafts come to the same in the browser and on the server @script", async ({ browser }) => {
  const page = await openProbe(browser);
  const { different, drafts } = await page.evaluate(async () => {
    const { Probe } = globalThis.model;
    const rows = await (await fetch("http://probe.test/drafts.json")).json();
    const different = [];
    for (const { slice, entries, outlook } of rows) {
      const probe = Probe.of(slice, entries);
      if (probe.look() !== outlook) {
        different.push({ entries, server: outlook, browser: probe.look() });
      }
      probe.free();
    }
    return { different: different.slice(0, 3), drafts: rows.length };
  });
  expect(drafts).toBe(500);
  expect(different).toEqual([]);
  await page.close();
});
