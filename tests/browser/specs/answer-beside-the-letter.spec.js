// Where script runs, the answer stands beside the letter: the browser says first what the server would refuse, and sends once.
import { openOffer, signer } from "../firm/doors.js";
import { form } from "../firm/forms.js";
import { House } from "../firm/house.js";
import { awake } from "../firm/islands.js";
import { expect, oneHouse, test } from "../test.js";

/** @typedef {import("../test.js").Page} Page */

const house = oneHouse(House.demo);

test("a signature is refused beside its box without a request, then sent once @script", async ({ come }) => {
  const { page, sent } = await opened(come);
  await page.getByRole("link", { name: "Accept this offer" }).click();
  await expect(page.getByRole("heading", { name: "What you sign" })).toBeFocused();
  await goOn(page);
  await goOn(page);
  await expect(page.locator("[name=consent]"), "without the tick the next step stays shut").toBeFocused();
  await page.locator("[name=consent]").check();
  await goOn(page);
  const button = form(page, "candidate/accept").getByRole("button");
  await button.click();
  await expect(page.locator("[name=typed_name]")).toBeFocused();
  await expect(page.locator("#field-accept-typed_name-problem")).toHaveText("Type your full name in letters: it is your signature.");
  expect(sent, "nothing was sent").toEqual([]);

  await page.locator("[name=typed_name]").fill("Somebody Else");
  await button.click();
  await expect(page.locator("#field-accept-typed_name-problem")).toContainText("The letter is made out to another name.");
  expect(sent, "another name is not sent either").toEqual([]);

  await page.locator("[name=typed_name]").fill(await signer(page));
  await button.evaluate((/** @type {HTMLElement} */ button) => [1, 2, 3].forEach(() => button.click()));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You accepted this offer");
  expect(sent).toEqual(["/api/candidate/accept"]);
});

test("a decline is a reason and a button @script", async ({ come }) => {
  const { page, sent } = await opened(come);
  await page.getByRole("link", { name: "Decline" }).click();
  await page.getByLabel("Where the work is").check();
  await page.getByRole("button", { name: "Decline the offer" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You declined this offer");
  await expect(page.getByRole("main")).toContainText("Where the work is");
  expect(sent).toEqual(["/api/candidate/decline"]);
});

test("the browser's back leads from step to step and to the letter, and what was typed stays @script", async ({ come }) => {
  const { page } = await opened(come);
  const step = page.locator("[data-step]:not([hidden])");
  const accept = page.getByRole("link", { name: "Accept this offer" });
  await accept.click();
  await goOn(page);
  await page.locator("[name=consent]").check();
  await goOn(page);
  await page.locator("[name=typed_name]").fill("In Full");
  await page.goBack();
  await expect(step.getByRole("heading", { name: "Signing on screen" })).toBeFocused();
  await step.getByRole("link", { name: "Back" }).click();
  await expect(step.getByRole("heading", { name: "What you sign" })).toBeFocused();
  await page.goBack();
  await expect(step).toHaveCount(0);
  await expect(accept, "the focus is where it came from").toBeFocused();
  await page.goForward();
  await page.goForward();
  await page.goForward();
  await expect(page.locator("[name=typed_name]")).toHaveValue("In Full");

  await page.goto("/o/offer");
  await page.getByRole("link", { name: "Ask a question" }).click();
  await page.getByLabel("Your question").fill("Is parking free?");
  await page.reload();
  await expect(page.getByLabel("Your question"), "not sent yet, not lost").toHaveValue("Is parking free?");
});

test("once the time is over the page says so, and asks the server instead of guessing @script", async ({ come }) => {
  const { page, sent } = await opened(come);
  await page.clock.install();
  await page.reload();
  await awake(page);
  await page.clock.fastForward(90 * 24 * 3_600_000);
  await expect(page.getByText("The time to answer has passed", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Accept this offer" }).click();
  await goOn(page);
  await expect(page.getByRole("alert")).toContainText("Nothing was signed.");
  await expect(page.getByRole("alert").getByRole("link")).toHaveAttribute("href", "/o/offer");
  expect(sent).toEqual([]);
});

/**
 * A candidate before an open letter whose islands are awake, and everything that their page posts.
 * @param {import("../test.js").Come} come
 */
async function opened(come) {
  const { candidate: page } = await openOffer(come, house());
  await page.goto("/o/offer");
  await awake(page);
  /** @type {string[]} */
  const sent = [];
  page.on("request", (request) => request.method() === "POST" && sent.push(new URL(request.url()).pathname));
  return { page, sent };
}

/** @param {Page} page */
async function goOn(page) {
  await page.locator("[data-step]:not([hidden])").getByRole("link", { name: "Continue" }).click();
}
