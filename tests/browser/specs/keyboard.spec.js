// With the keyboard alone: an intake, an approval, an acceptance. The focus is always in sight, and after a refusal it is where it says why.
import { code, linkTo } from "../firm/mail.js";
import { openOffer, signer } from "../firm/doors.js";
import { form, senders } from "../firm/forms.js";
import { answer, follow, press } from "../firm/keys.js";
import { House } from "../firm/house.js";
import { awake } from "../firm/islands.js";
import { expect, oneHouse, test } from "../test.js";

/** @typedef {import("../test.js").Page} Page */

const ACCEPT = 'a[href="/o/offer/accept"]';
/** After a refusal the focus is on the summary of the problems, or, where the browser refuses, on the box itself. */
const WHERE_IT_SAYS_WHY = "#problems:focus, [aria-invalid=true]:focus";

const house = oneHouse(House.furnished);

test("a recruiter begins an offer and fills in its pay", async ({ come }) => {
  const page = await come(house());
  await signInByKeys(page, "Ava");
  await press(page, page.locator('a[href="/offers/new"]'));
  await press(page, form(page, "offers/begin").getByRole("button"));
  await expect(page.locator("#problems")).toBeFocused();

  const begin = form(page, "offers/begin");
  const first = page.locator("#problems a").first();
  const place = (await first.getAttribute("href"))?.slice(1);
  await follow(page, first);
  await expect(page.locator(`[id="${place}"]`), "a problem leads to its box").toBeFocused();

  await page.goto("/offers/new");
  await answer(page, begin.locator("[name=engagement]"), "");
  await answer(page, begin.locator("[name=name]"), "Noor Haddad");
  await answer(page, begin.locator("[name=email]"), "noor@mail.example");
  await press(page, begin.getByRole("button"));
  await expect(page).toHaveURL(/\/intake\//);

  await press(page, page.locator('main a[href*="/intake/pay"]'));
  const pay = form(page, "offers/save");
  await answer(page, pay.locator('[name="fields[pay.basis]"]'), "salary");
  await answer(page, pay.locator('[name="fields[pay.base]"]'), "84000");
  await press(page, pay.getByRole("button").first());
  await press(page, page.locator('main a[href*="/intake/dates"]'));
  await answer(page, form(page, "offers/save").locator('[name="fields[date.start]"]'), "2027-01-11");
  await press(page, form(page, "offers/save").getByRole("button").first());
  await press(page, page.locator('main a[href$="/review"]'));
  await expect(page.getByRole("main")).toContainText("$84,000");
  await expect(page.getByRole("main")).toContainText("January 11, 2027");
});

test("an approver reads what waits, and approves", async ({ come }) => {
  const page = await come(house());
  await signInByKeys(page, "Nina");
  const approve = form(page, "offers/approve");
  do {
    const mail = await house().mail.next("nina.kowalski", "Waiting on you");
    await page.goto(house().path(linkTo(mail, "/offers/")));
  } while ((await approve.count()) === 0);
  await press(page, approve.getByRole("button", { name: "Approve", exact: true }));
  await expect(page.locator("#problems")).toHaveCount(0);
  await expect(approve).toHaveCount(0);
});

test("a candidate comes in, is refused without consent, and accepts", async ({ come }) => {
  const { email, invitation } = await openOffer(come, house());
  const page = await come(house());
  house().mail.forget(email, "Your code");
  await page.goto(house().path(invitation));
  await press(page, form(page, "portal/mail-code").getByRole("button"));
  await answer(page, form(page, "portal/open").locator("[name=code]"), code(await house().mail.next(email, "Your code")));
  await press(page, form(page, "portal/open").getByRole("button"));
  await (inSteps() ? signStepByStep(page) : signOnItsPage(page));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("You accepted this offer");
});

test("the first stop of a page leads past everything to its content", async ({ come }) => {
  const page = await come(house());
  await signInByKeys(page, "Ava");
  await page.goto("/offers/new");
  await follow(page, page.locator(".skip"));
  await expect(page.getByRole("main")).toBeFocused();
});

/** With script the way to the signature is beside the letter, a step at a time; without, a page of its own. */
function inSteps() {
  return test.info().project.use.javaScriptEnabled !== false;
}

/** @param {Page} page */
async function signStepByStep(page) {
  const step = page.locator("[data-step]:not([hidden])");
  const goOn = step.locator("[data-opens]").first();
  await awake(page);
  await follow(page, page.locator(ACCEPT));
  await follow(page, goOn);
  await expect(step.locator("[name=consent]")).toBeVisible();
  await follow(page, goOn);
  await expect(page.locator(WHERE_IT_SAYS_WHY)).toHaveCount(1);
  await page.keyboard.press("Space");
  await follow(page, goOn);
  await answer(page, step.locator("[name=typed_name]"), await signer(page));
  await press(page, step.getByRole("button"));
}

/** @param {Page} page */
async function signOnItsPage(page) {
  await press(page, page.locator(ACCEPT));
  const sign = form(page, "candidate/accept");
  await answer(page, sign.locator("[name=typed_name]"), await signer(page));
  await press(page, sign.getByRole("button"));
  await expect(page.locator(WHERE_IT_SAYS_WHY)).toHaveCount(1);
  await answer(page, sign.locator("[name=consent]"), "");
  await press(page, sign.getByRole("button"));
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function signInByKeys(page, name) {
  const person = house().links?.staff.find((person) => person.name.startsWith(name));
  await page.goto("/sign-in");
  const asked = form(page, "identity/sign-in");
  await answer(page, asked.locator("[name=email]"), person?.email ?? "");
  await answer(page, asked.locator("[name=password]"), person?.password ?? "");
  await press(page, senders(asked));
}
