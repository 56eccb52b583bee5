// How people come in: with a password, by an invitation and a code, by the link of their first day.
import { code } from "./mail.js";
import { form, send } from "./forms.js";

/**
 * @typedef {import("./house.js").House} House
 * @typedef {import("@playwright/test").Page} Page
 */

/** Long enough for everybody. */
const PASSWORD = "seven lanterns over the harbor";

/**
 * Signs in somebody of the demo firm.
 * @param {Page} page
 * @param {House} house
 * @param {string} name the beginning of the name
 */
export async function signIn(page, house, name) {
  const person = house.links?.staff.find((person) => person.name.startsWith(name));
  if (!person) {
    throw new Error(`the demo firm has no ${name}`);
  }
  await page.goto("/sign-in");
  const asked = form(page, "identity/sign-in");
  await asked.locator("[name=email]").fill(person.email);
  await asked.locator("[name=password]").fill(person.password);
  await send(page, asked);
}

/**
 * Somebody of an imported firm, by the mail of their first day, or, later, by the password set then.
 * @param {Page} page
 * @param {House} house
 * @param {string} email
 */
export async function join(page, house, email) {
  const mail = await house.mail.next(email, "/join/");
  await page.goto(house.path(mail.text.match(/https?:\/\/\S+\/join\/\S+/)?.[0] ?? ""));
  const asked = form(page, "identity/join");
  await asked.locator("[name=password]").fill(PASSWORD);
  await send(page, asked);
}

/**
 * Somebody of an imported firm whose session has ended.
 * @param {Page} page
 * @param {string} email
 */
export async function signInAgain(page, email) {
  await page.goto("/sign-in");
  const asked = form(page, "identity/sign-in");
  await asked.locator("[name=email]").fill(email);
  await asked.locator("[name=password]").fill(PASSWORD);
  await send(page, asked);
}

/**
 * A candidate, or a client's contact, by the link from a mail and the code that is mailed for it.
 * @param {Page} page
 * @param {House} house
 * @param {string} email
 * @param {string} invitation
 */
export async function enter(page, house, email, invitation) {
  await page.goto(house.path(invitation));
  // a code for another browser is of no use in this one
  house.mail.forget(email, "Your code");
  await send(page, form(page, "portal/mail-code"));
  const mail = await house.mail.next(email, "Your code");
  const asked = form(page, "portal/open");
  await asked.locator("[name=code]").fill(code(mail));
  await send(page, asked);
}

/**
 * The next candidate of a demo firm whose letter can be signed now, at a browser. Each is given once, so no test meets another's offer.
 * @param {import("../test.js").Come} come
 * @param {House} house
 */
export async function openOffer(come, house) {
  for (let next = house.links?.candidates.shift(); next; next = house.links?.candidates.shift()) {
    const candidate = await come(house);
    await enter(candidate, house, next.email, next.invitation);
    await candidate.goto("/o/offer/accept");
    if ((await form(candidate, "candidate/accept").count()) > 0) {
      return { candidate, number: next.offer, email: next.email, invitation: next.invitation };
    }
  }
  throw new Error("the demo firm has no letter left that can be signed");
}

/**
 * The name that a letter is made out to, as its signing form says it: whoever signs writes it.
 * @param {Page} page
 */
export async function signer(page) {
  const hint = await page.locator('[id="field-accept-typed_name-hint"]').textContent();
  return hint?.match(/made out to (.+)\.$/)?.[1] ?? "";
}
