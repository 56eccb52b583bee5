// Forms of a page, named by where they are sent.

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {import("@playwright/test").Locator} Locator
 */

/**
 * The form that is sent to `/api/ADDRESS`.
 * @param {Page} page
 * @param {string} address
 * @returns {Locator}
 */
export function form(page, address) {
  return page.locator(`form[action="/api/${address}"]`).first();
}

/**
 * Unfolds what something lies in, as somebody would who looks for it.
 * @param {Locator} wanted
 */
async function unfold(wanted) {
  const folded = wanted.locator("xpath=ancestor::details[not(@open)]");
  while ((await folded.count()) > 0) {
    await folded.first().locator(":scope > summary").click();
  }
}

/**
 * Answers questions of a form by the names of their boxes.
 * @param {Locator} form
 * @param {Record<string, string>} answers
 */
export async function fill(form, answers) {
  for (const [name, answer] of Object.entries(answers)) {
    const box = form.locator(`[name="${name}"]:not([type=hidden])`);
    await unfold(box.first());
    await answerOne(box, answer);
  }
}

/**
 * Presses the button of a form and waits for the page behind it.
 * @param {Page} page
 * @param {Locator} form
 */
export async function send(page, form) {
  const button = await buttonOf(form);
  const address = await form.getAttribute("action");
  await Promise.all([answered(page, address), page.waitForEvent("load"), button.click()]);
}

/**
 * Presses the button of a form and waits until it is taken, on whichever page that is.
 * @param {Page} page
 * @param {Locator} form
 */
export async function press(page, form) {
  const button = await buttonOf(form);
  const address = await form.getAttribute("action");
  await Promise.all([answered(page, address), button.click()]);
}

/**
 * Presses the button of a form that may be refused: by the page behind it, or, where script runs, by the browser before it is sent.
 * @param {Page} page
 * @param {Locator} form
 */
export async function sendAsItStands(page, form) {
  const button = await buttonOf(form);
  const address = await form.getAttribute("action");
  const shown = Promise.all([answered(page, address), page.waitForEvent("load")]);
  const wrong = form.locator("[aria-invalid=true]");
  // where something is wrong already, only a new page tells that it was answered
  const over = (await wrong.count()) > 0 ? shown : Promise.any([shown, wrong.first().waitFor()]);
  await Promise.all([over, button.click()]);
}

/**
 * Whether somebody who looks for the form finds it on the page.
 * @param {Locator} form
 */
export async function isThere(form) {
  return (await form.count()) > 0 && (await buttonOf(form)).isVisible();
}

/**
 * The buttons that send a form. A box for files is a button too, by its role, and so is what shows a password.
 * @param {Locator} form
 */
export function senders(form) {
  return form.locator("button:not([type=button])");
}

/** @param {Locator} form */
async function buttonOf(form) {
  const button = senders(form).first();
  await unfold(button);
  return button;
}

/**
 * @param {Page} page
 * @param {string | null} address
 */
function answered(page, address) {
  return page.waitForResponse((response) => response.request().method() === "POST" && new URL(response.url()).pathname === address);
}

/**
 * @param {Locator} box
 * @param {string} answer
 */
async function answerOne(box, answer) {
  const kind = await box.first().evaluate((element) => (element.tagName === "INPUT" ? element.getAttribute("type") : element.tagName));
  switch (kind) {
    case "radio":
      return box.and(box.page().locator(`[value="${answer}"]`)).check();
    case "checkbox":
      return box.first().check();
    case "SELECT":
      return box.first().selectOption(answer);
    default:
      return box.first().fill(answer);
  }
}
