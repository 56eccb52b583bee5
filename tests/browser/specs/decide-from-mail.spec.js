// Somebody with a mailbox and a phone decides what waits on them, with script and without; the page is fit to be seen before and after.
import { faults, look } from "../eyes/sound.js";
import { enter, signIn } from "../firm/doors.js";
import { fill, form, send } from "../firm/forms.js";
import { find } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { expect, oneHouse, test } from "../test.js";

const house = oneHouse(House.furnished);
const PHONE = { width: 390, height: 844 };

/**
 * An approver of the demo firm at a phone, by the code that is mailed for a link. Each test takes another offer: several may be asked about one.
 * @param {import("../test.js").Come} come
 * @param {number} place
 */
async function atPhone(come, place) {
  const asked = house().links?.approvers ?? [];
  const firstAsked = asked.filter((each, at) => asked.findIndex((other) => other.offer === each.offer) === at);
  const { email, invitation, offer } = firstAsked[place] ?? { email: "", invitation: "", offer: "" };
  const phone = await come(house());
  await phone.setViewportSize(PHONE);
  await enter(phone, house(), email, invitation);
  return { phone, invitation, offer };
}

test("a yes is one press on a phone, and the page says that it is recorded and what comes next", async ({ come }) => {
  const { phone, offer } = await atPhone(come, 0);
  await expect(phone.locator("main [data-kind=primary]")).toHaveCount(1);
  await expect(phone.getByRole("heading", { name: "Why you are asked" })).toBeVisible();
  expect(await faults(phone)).toEqual([]);
  await phone.setViewportSize(PHONE);
  const approve = form(phone, "mailed/approve").getByRole("button", { name: "Approve", exact: true });
  const size = await approve.boundingBox();
  expect(size?.height ?? 0, "a button for a thumb").toBeGreaterThanOrEqual(44);
  await send(phone, form(phone, "mailed/approve"));
  await expect(phone.locator(".notice[data-kind=done]")).toContainText("You approved this offer");
  await expect(phone.getByRole("heading", { name: "What happens next" })).toBeVisible();
  expect(await faults(phone)).toEqual([]);

  const recruiter = await come(house());
  await signIn(recruiter, house(), "Grace");
  await recruiter.goto(await find(recruiter, offer));
  await expect(recruiter.locator("#history")).toContainText("approved", { ignoreCase: true });
});

test("a question and a no take their words, and keep them when they are refused", async ({ come }) => {
  const { phone, invitation } = await atPhone(come, 1);
  const reject = form(phone, "mailed/reject");
  await fill(reject, { reason: " " });
  await send(phone, reject);
  await expect(phone.locator(".field-problem")).toHaveText("Write a few words first.");
  expect(await faults(phone)).toEqual([]);
  const ask = form(phone, "mailed/ask");
  await fill(ask, { question: "Is the start fixed?" });
  await send(phone, ask);
  await expect(phone.locator(".notice[data-kind=done]")).toContainText("Your question is on its way");
  await phone.goto(house().path(invitation));
  await expect(phone.locator("main")).toContainText("Your question is on its way");
});

test("on paper there is what is decided, and nothing to press", async ({ come }) => {
  const { phone } = await atPhone(come, 2);
  await look(phone, 720, "light");
  await phone.emulateMedia({ media: "print" });
  await expect(phone.locator("#why")).toBeVisible();
  await expect(phone.locator("main .button").filter({ visible: true })).toHaveCount(0);
});
