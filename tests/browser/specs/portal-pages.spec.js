// Every page of candidates, clients and approvers from a mail, in every state that an offer can be in for them, is fit to be seen.
import { faults, SOME_LOOKS } from "../eyes/sound.js";
import { Walk } from "../eyes/walk.js";
import { enter, openOffer, signIn, signer } from "../firm/doors.js";
import { fill, form, isThere, send, sendAsItStands } from "../firm/forms.js";
import { act, find, giveReasons } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { expect, oneHouse, test } from "../test.js";

/**
 * @typedef {import("../test.js").Page} Page
 * @typedef {import("../test.js").Come} Come
 */

/** After these somebody is a stranger again. */
const LEAVE = ["/api/portal/leave", "/api/mailed/forget"];
/** Approvers whose pages are looked at: each decides another step. */
const APPROVERS = 4;

const house = oneHouse(House.furnished);
test.setTimeout(900_000);

test("every page of candidates, clients and approvers, before and after each form is sent as it stands", async ({ come }) => {
  const walk = new Walk(house().url);
  /** @type {Map<string, Page>} */
  const people = new Map();
  const { candidates = [], clients = [], approvers = [] } = house().links ?? {};
  const doors = [...candidates, ...clients, ...approvers.slice(0, APPROVERS)];
  const stranger = await come(house());
  people.set("a stranger", stranger);
  await walk.go("a stranger", stranger, ["/o/nowhere", "/o/i/nothing", "/c/i/nothing", "/a/i/nothing", "/o/offer", "/c", ...doors.map((door) => house().path(door.invitation))]);
  await send(await opened(stranger, house().path(doors[0].invitation)), form(stranger, "portal/mail-code"));
  await walk.go("a stranger", stranger, ["/o/code", "/c/code", "/a/i/nothing/code"]);
  for (const { email, invitation } of doors) {
    const page = await come(house());
    await enter(page, house(), email, invitation);
    people.set(email, page);
    await walk.go(email, page, [new URL(page.url()).pathname]);
  }
  for (const [email, page] of people) {
    await walk.trespass(email, page);
  }
  await walk.goBack(isPortals);
  expect(walk.missed(isPortals), "pages to which no link led").toEqual([]);

  const wrong = [];
  for (const { who, address } of walk.choice()) {
    wrong.push(...(await faultsAt(people, who, address)));
  }
  const forms = [...walk.forms()].sort(([one], [other]) => Number(LEAVE.includes(one)) - Number(LEAVE.includes(other)));
  for (const [action, places] of forms) {
    for (const { who, address } of places) {
      const page = await opened(people.get(who), address);
      const asked = form(page, action.replace("/api/", ""));
      if (await isThere(asked)) {
        await sendAsItStands(page, asked);
        wrong.push(...(await faults(page, SOME_LOOKS)).map((fault) => `after ${action}: ${fault}`));
        break;
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("each step of an answer beside the letter @script", async ({ come }) => {
  const { candidate } = await openOffer(come, house());
  await candidate.goto("/o/offer");
  const steps = await candidate.locator("[data-step]").evaluateAll((all) => all.map((step) => step.getAttribute("data-step") ?? ""));
  expect(steps.length, "steps beside the letter").toBeGreaterThan(0);
  const wrong = [];
  for (const step of steps) {
    await candidate.goto(`/o/offer#${step}`);
    await expect(candidate.locator(`[data-step="${step}"]`)).toBeVisible();
    wrong.push(...(await faults(candidate, SOME_LOOKS)).map((fault) => `${step}: ${fault}`));
  }
  expect(wrong).toEqual([]);
});

/**
 * What a candidate may find instead of an open letter, and how it comes about.
 * @type {Record<string, (candidate: Page, recruiter: Page, number: string) => Promise<void>>}
 */
const STATES = {
  "signed": async (candidate) => {
    await candidate.goto("/o/offer/accept");
    await act(candidate, "/o/offer/accept", "candidate/accept", { consent: "yes", typed_name: await signer(candidate) });
  },
  "declined": async (candidate) => {
    await act(candidate, "/o/offer/decline", "candidate/decline", { primary: "counter_offer", note: "my employer matched it" });
  },
  "on hold while a change is looked at": async (candidate, recruiter, number) => {
    await act(candidate, "/o/offer/ask", "candidate/ask", { text: "Is parking free?" });
    await act(candidate, "/o/offer/change", "candidate/change", { why: "Could it be more?" });
    await act(recruiter, await find(recruiter, number), "offers/hold", { reason: "we look at it" });
  },
  "replaced by another letter to come": async (candidate, recruiter, number) => {
    await act(candidate, "/o/offer/change", "candidate/change", { why: "Could it be more?" });
    await recruiter.goto(await find(recruiter, number));
    await recruiter.getByRole("link", { name: "Adopt" }).first().click();
    const adopt = form(recruiter, "offers/adopt");
    await fill(adopt, { "fields[job.reports_to]": "Somebody Else", why: "the unit changes" });
    await giveReasons(adopt, "agreed");
    await send(recruiter, adopt);
  },
  "no longer to be answered": async () => {
    house().passDays(60);
  },
};

for (const [state, bringAbout] of Object.entries(STATES)) {
  test(`the page of an offer that is ${state}`, async ({ come }) => {
    const { candidate, number } = await openOffer(come, house());
    const recruiter = await come(house());
    await signIn(recruiter, house(), "Grace");
    await bringAbout(candidate, recruiter, number);
    await candidate.goto("/o/offer");
    expect(await faults(candidate)).toEqual([]);
  });
}

/**
 * @param {Map<string, Page>} people
 * @param {string} who
 * @param {string} address
 */
async function faultsAt(people, who, address) {
  const page = await opened(people.get(who), address);
  return faults(page);
}

/**
 * @param {Page | undefined} page
 * @param {string} address
 */
async function opened(page, address) {
  if (!page) {
    throw new Error(`nobody is there to open ${address}`);
  }
  await page.goto(address);
  return page;
}

/** @param {string} route */
function isPortals(route) {
  return /^\/[oca](\/|$)/.test(route);
}
