// Text that wants to be more than text, typed by hand where people type and looked at where others read it: nothing of it runs, with script and without.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openOffer, signIn } from "../firm/doors.js";
import { ROOT } from "../firm/binary.js";
import { fill, form, send } from "../firm/forms.js";
import { act, find } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { expect, oneHouse, test } from "../test.js";

/** @typedef {import("../test.js").Page} Page */

/** @type {string[]} */
const STRINGS = JSON.parse(readFileSync(join(ROOT, "tests/hostile.json"), "utf8"));
/** Strings that go into a box of many lines at once. */
const AT_ONCE = 8;
/** Names that are tried as the name of a candidate: those that fit on a line. */
const NAMES = STRINGS.filter((text) => !/[\p{Cc}\u2028\u2029]/u.test(text)).filter((_, place) => place % 6 === 0);

const SCRIPT = () => test.info().project.name === "script";

const house = oneHouse(House.furnished);
test.setTimeout(600_000);

test("what a candidate writes is text to whoever reads it", async ({ come }) => {
  const { candidate, number } = await openOffer(come, house());
  const recruiter = await come(house());
  const ran = [await watch(candidate), await watch(recruiter)];
  for (let from = 0; from < STRINGS.length; from += AT_ONCE) {
    // a NUL cannot be typed
    const text = STRINGS.slice(from, from + AT_ONCE).join("\n").replaceAll("\0", "");
    await act(candidate, "/o/offer/ask", "candidate/ask", { text });
    expect(await strange(candidate), text).toEqual([]);
  }
  await signIn(recruiter, house(), "Grace");
  for (const address of ["/", "/offers", await find(recruiter, number), `${await find(recruiter, number)}/preview`]) {
    await recruiter.goto(address);
    expect(await strange(recruiter), address).toEqual([]);
  }
  expect(ran.flat()).toEqual([]);
});

test("what a recruiter types is text while it is typed and after", async ({ come }) => {
  const recruiter = await come(house());
  const ran = await watch(recruiter);
  await signIn(recruiter, house(), "Grace");
  for (const [place, name] of NAMES.entries()) {
    await recruiter.goto("/offers/new");
    const begin = form(recruiter, "offers/begin");
    await fill(begin, { engagement: "internal", name, email: `hostile.${place}@mail.example` });
    await send(recruiter, begin);
    expect(await strange(recruiter), name).toEqual([]);
    const intake = recruiter.url().replace(/(\/offers\/[^/]+).*/, "$1/intake");
    for (const section of ["parties", "candidate", "job", "pay", "extras"]) {
      await recruiter.goto(`${intake}/${section}`);
      const boxes = recruiter.locator("form input[type=text], form textarea");
      for (let box = 0; box < (await boxes.count()); box += 1) {
        if (await boxes.nth(box).isVisible()) {
          await boxes.nth(box).fill(STRINGS[(place * 7 + box) % STRINGS.length].replaceAll("\0", ""));
        }
      }
      const save = form(recruiter, "offers/save");
      // where script runs, the page saves by itself
      if (!SCRIPT() && (await save.count()) > 0) {
        await send(recruiter, save);
      }
      expect(await strange(recruiter), `${name}: ${section}`).toEqual([]);
    }
    await recruiter.goto(intake.replace("/intake", "/review"));
    expect(await strange(recruiter), name).toEqual([]);
  }
  for (const address of ["/", "/offers", "/offers?layout=table", `/offers?q=${encodeURIComponent(STRINGS[0])}`, "/requisitions"]) {
    await recruiter.goto(address);
    expect(await strange(recruiter), address).toEqual([]);
  }
  expect(ran).toEqual([]);
});

/**
 * Everything that runs at this browser and should not: dialogs, and the function that every string of the corpus calls.
 * @param {Page} page
 * @returns {Promise<string[]>}
 */
async function watch(page) {
  /** @type {string[]} */
  const ran = [];
  page.on("dialog", async (dialog) => {
    ran.push(`a dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  await page.exposeBinding("h1tRan", ({ frame }) => ran.push(`something ran at ${frame.url()}`));
  await page.addInitScript(() => {
    Object.assign(globalThis, { h1t: () => Reflect.get(globalThis, "h1tRan")() });
  });
  return ran;
}

/**
 * Elements and attributes of the page that none of its own are.
 * @param {Page} page
 */
function strange(page) {
  return page.evaluate(() => {
    const none = "iframe, object, embed, base, math, img[src='x'], [h1t], [onerror], [onload], [onclick], [onfocus], [onmouseover], [ontoggle]";
    const leading = [...document.querySelectorAll("[href], [src], [action], [formaction]")].filter((element) => {
      const targets = ["href", "src", "action", "formaction"].map((name) => element.getAttribute(name) ?? "");
      return targets.some((target) => /^\s*(javascript|vbscript|data:text)/i.test(target) || target.includes("//h1t"));
    });
    const speaking = [...document.querySelectorAll("script, style")].filter((element) => element.textContent?.includes("h1t"));
    return [...document.querySelectorAll(none), ...leading, ...speaking].map((element) => element.outerHTML.slice(0, 200));
  });
}
