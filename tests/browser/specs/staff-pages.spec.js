// Every page of the firm's people, in every state that the demo firm is in, is fit to be seen.
import { faults, SOME_LOOKS } from "../eyes/sound.js";
import { Walk } from "../eyes/walk.js";
import { signIn } from "../firm/doors.js";
import { fill, form, isThere, send, sendAsItStands } from "../firm/forms.js";
import { House } from "../firm/house.js";
import { links } from "../firm/mail.js";
import { expect, oneHouse, test } from "../test.js";

/**
 * @typedef {import("../test.js").Page} Page
 * @typedef {import("../test.js").Come} Come
 */

/** Sent without thought, these end somebody's visit, so they come last. */
const ENDS = ["people/invite", "people/end-sessions", "account/sign-out-everywhere", "identity/sign-out"].map((end) => `/api/${end}`);
const STRANGER = "a stranger";

const SOME_DAYS = 60;

const house = oneHouse(House.demo);
test.setTimeout(1_800_000);

test("every page of every role, and what each form leads to, can be read in every look; and again after two months @script", async ({ come }) => {
  const walk = new Walk(house().url);
  /** @type {Map<string, Page>} */
  const people = new Map();
  const shown = await test.step("an integration is taken in and given a token", async () => givenAToken(await come(house())));
  await test.step("somebody of each role goes wherever a link leads", () => everybodyWalks(walk, people, come));
  await walk.goBack(isStaffs);
  expect(walk.missed(isStaffs), "pages to which no link led").toEqual([]);
  const wrong = await test.step("every page", () => faultsOfNews(walk, people));
  wrong.push(...shown);

  await test.step("every form, sent as it stands", async () => {
    for (const [action, places] of [...walk.forms()].sort(([one], [other]) => ENDS.indexOf(one) - ENDS.indexOf(other))) {
      const page = await whereStillIs(action, places, people);
      if (page) {
        await sendAsItStands(page, form(page, action.replace("/api/", "")));
        wrong.push(...(await faults(page, SOME_LOOKS)).map((fault) => `after ${action}: ${fault}`));
      }
    }
  });

  house().passDays(SOME_DAYS);
  await test.step("after two months", () => everybodyWalks(walk, people, come));
  wrong.push(...(await faultsOfNews(walk, people)));
  expect(wrong).toEqual([]);
});

/**
 * An administrator takes an integration in and makes it a token; what is wrong with the pages that show it.
 * @param {Page} page
 */
async function givenAToken(page) {
  await signIn(page, house(), house().links?.staff.find(({ role }) => role === "admin")?.name ?? "");
  await page.goto("/people/new");
  const asked = form(page, "people/take-in");
  await fill(asked, { name: "Payroll feed", email: "payroll.feed@harborpine.example", "roles[integration]": "yes" });
  await send(page, asked);
  const wrong = await faults(page, SOME_LOOKS);
  const made = form(page, "people/make-token");
  await fill(made, { token_name: "payroll, nightly", reads: "job_only", lasts: "365" });
  await send(page, made);
  await expect(page.locator(".token-secret")).toHaveText(/^csn_/);
  wrong.push(...(await faults(page)));
  await send(page, form(page, "people/token-kept"));
  return [...wrong, ...(await faults(page))];
}

/** @param {string} route */
function isStaffs(route) {
  return !/^\/[ocad](\/|$)/.test(route);
}

/**
 * One person of each role signs in, walks through the house, then tries what is not theirs.
 * @param {Walk} walk
 * @param {Map<string, Page>} people
 * @param {Come} come
 */
async function everybodyWalks(walk, people, come) {
  const stranger = people.get(STRANGER) ?? (await come(house()));
  people.set(STRANGER, stranger);
  await walk.go(STRANGER, stranger, ["/", "/sign-in", "/sign-in/code", "/sign-in/sso", "/nowhere", await linkOfAFirstDay()]);
  const roles = new Map(house().links?.staff.map(({ role, name }) => [role, name]));
  for (const [role, name] of roles) {
    const page = people.get(role) ?? (await come(house()));
    people.set(role, page);
    await signIn(page, house(), name);
    await walk.go(role, page, ["/", "/account/prove?to=/account", "/account/recovery-codes", "/offers/00000000000000000000000000000000"]);
  }
  for (const [role, page] of people) {
    await walk.trespass(role, page);
  }
}

/** Somebody who was imported is mailed a link. */
async function linkOfAFirstDay() {
  const email = house().links?.staff[0].email ?? "";
  house().command("user", "invite", email);
  const mail = await house().mail.next(email, "/join/");
  return house().path(links(mail)[0]);
}

/**
 * Looks at every page that shows something new.
 * @param {Walk} walk
 * @param {Map<string, Page>} people
 */
async function faultsOfNews(walk, people) {
  const wrong = [];
  for (const { who, address } of walk.choice()) {
    const page = people.get(who);
    await page?.goto(address);
    wrong.push(...(page ? await faults(page) : []));
  }
  return wrong;
}

/**
 * The page of somebody on which a form still stands: others may have used it up.
 * @param {string} action
 * @param {{who: string, address: string}[]} places
 * @param {Map<string, Page>} people
 */
async function whereStillIs(action, places, people) {
  for (const { who, address } of places) {
    const page = people.get(who);
    await page?.goto(address);
    if (page && (await isThere(form(page, action.replace("/api/", ""))))) {
      return page;
    }
  }
  return undefined;
}
