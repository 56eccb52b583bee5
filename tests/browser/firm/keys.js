// Somebody who works with the keyboard alone: no pointer, nothing that a key does not do.
import { expect } from "@playwright/test";

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {import("@playwright/test").Locator} Locator
 */

/** So many stops are on no page; whoever has not arrived by then never will. */
const STOPS_MAX = 150;

/**
 * Goes on with Tab until something has the focus. Every stop on the way must be in sight.
 * @param {Page} page
 * @param {Locator} wanted
 */
export async function tabTo(page, wanted) {
  await expect(wanted.first()).toBeAttached();
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    await page.keyboard.press("Tab");
    expect(await page.evaluate(whatIsWrongWithFocus), `focus on ${page.url()}`).toBe("");
    if (await wanted.first().evaluate((element) => element === document.activeElement)) {
      return;
    }
  }
  throw new Error(`${STOPS_MAX} times Tab do not lead to ${wanted} on ${page.url()}`);
}

/**
 * Goes on to a box and answers it as its kind is answered by keys.
 * @param {Page} page
 * @param {Locator} box
 * @param {string} answer
 */
export async function answer(page, box, answer) {
  await tabTo(page, box);
  const kind = await box.first().evaluate((element) => (element.tagName === "INPUT" ? element.getAttribute("type") : element.tagName));
  switch (kind) {
    case "radio":
    case "checkbox":
      return page.keyboard.press("Space");
    case "date": {
      const [year, month, day] = answer.split("-");
      return page.keyboard.type(month + day + year);
    }
    case "SELECT":
      return chooseByArrows(page, box.first(), answer);
    default:
      await page.keyboard.press("ControlOrMeta+A");
      return page.keyboard.type(answer);
  }
}

/**
 * Goes on to a button, or a link, and presses it; the page behind it is there afterwards.
 * @param {Page} page
 * @param {Locator} wanted
 */
export async function press(page, wanted) {
  await tabTo(page, wanted);
  const shown = page.waitForEvent("load");
  await Promise.all([shown, page.keyboard.press("Enter")]);
}

/**
 * Goes on to a link that leads to another place on the same page, and follows it.
 * @param {Page} page
 * @param {Locator} wanted
 */
export async function follow(page, wanted) {
  await tabTo(page, wanted);
  await page.keyboard.press("Enter");
}

/**
 * @param {Page} page
 * @param {Locator} box
 * @param {string} value
 */
async function chooseByArrows(page, box, value) {
  const options = await box.evaluate((select) => [.../** @type {HTMLSelectElement} */ (select).options].map((option) => option.value));
  await page.keyboard.press("Home");
  for (let step = 0; step < options.indexOf(value); step += 1) {
    await page.keyboard.press("ArrowDown");
  }
  await expect(box).toHaveValue(value);
}

/** Where the focus is: it must be in the window, marked, and under nothing else. Empty when it is; runs in the browser. */
function whatIsWrongWithFocus() {
  const focused = document.activeElement;
  if (!focused || focused === document.body) {
    // between the last stop of a page and its first the browser itself has the focus
    return "";
  }
  const named = `${focused.tagName.toLowerCase()} ${focused.id} "${focused.textContent?.trim().slice(0, 40)}"`;
  const box = focused.getBoundingClientRect();
  const place = { x: box.left + Math.min(box.width, 20) / 2, y: box.top + Math.min(box.height, 20) / 2 };
  if (box.width === 0 || place.y < 0 || place.y > innerHeight || place.x < 0 || place.x > innerWidth) {
    return `${named} is out of sight`;
  }
  const marks = [focused, focused.parentElement, focused.closest("label")];
  if (!marks.some((element) => element && parseFloat(getComputedStyle(element).outlineWidth) > 0 && getComputedStyle(element).outlineStyle !== "none")) {
    return `${named} shows no focus`;
  }
  const above = document.elementFromPoint(place.x, place.y);
  const label = focused.closest("label");
  return above && (focused.contains(above) || above.contains(focused) || label?.contains(above)) ? "" : `${named} lies under ${above?.className}`;
}
