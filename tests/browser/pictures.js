// The pictures of the README, taken from the running demo: `cargo xtask pictures`.
import { chromium as browsers } from "@playwright/test";
import { mkdirSync, mkdtempSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./firm/binary.js";
import { chromium } from "./firm/chromium.js";
import { enter, signIn } from "./firm/doors.js";
import { form } from "./firm/forms.js";
import { House } from "./firm/house.js";

/** A picture that takes longer to load than the product is a bad advertisement. */
const BYTES_MAX = 150_000;

const FOLDER = join(ROOT, "docs", "pictures");
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 780 };

/** @typedef {import("@playwright/test").Page} Page */

const house = await House.openDemo(mkdtempSync(join(tmpdir(), "countersign-pictures-")));
const browser = await browsers.launch({ executablePath: chromium(), args: ["--no-sandbox"] });
mkdirSync(FOLDER, { recursive: true });
try {
  const recruiter = await come();
  await signIn(recruiter, house, "Ava");
  await recruiter.goto("/");
  await take(recruiter, "my-work");
  await recruiter.goto("/offers");
  await take(recruiter, "board");
  await recruiter.goto((await recruiter.locator('a[href$="/intake"]').first().getAttribute("href").catch(() => null)) ?? "/offers/new");
  await take(recruiter, "intake");

  const approver = await come();
  await signIn(approver, house, "Nina");
  await openWhatWaits(approver);
  await take(approver, "approval");

  const candidate = await come();
  const { email, invitation } = house.links?.candidates[0] ?? { email: "", invitation: "" };
  await enter(candidate, house, email, invitation);
  await take(candidate, "candidate");
  await candidate.setViewportSize(PHONE);
  await take(candidate, "candidate-phone");
} finally {
  await browser.close();
  await house.close();
}

/** Somebody at a browser of their own. */
async function come() {
  const context = await browser.newContext({ baseURL: house.url, viewport: WIDE, reducedMotion: "reduce", locale: "en-US" });
  return context.newPage();
}

/**
 * The first offer that waits on somebody's decision.
 * @param {Page} page
 */
async function openWhatWaits(page) {
  await page.goto("/offers?me=yes");
  const ways = await page.locator('main a[href^="/offers/"]').evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  for (const way of ways) {
    await page.goto(way);
    if ((await form(page, "offers/approve").count()) > 0) {
      return;
    }
  }
}

/**
 * @param {Page} page
 * @param {string} name
 */
async function take(page, name) {
  const path = join(FOLDER, `${name}.png`);
  // what is asked of everybody in a rehearsal says nothing about the product, and no picture has a scrollbar to keep room for
  await page.screenshot({ path, style: ".rehearsal { display: none } html { scrollbar-gutter: auto }", animations: "disabled" });
  const bytes = statSync(path).size;
  if (bytes > BYTES_MAX) {
    throw new Error(`${path} has ${bytes} bytes, more than ${BYTES_MAX}`);
  }
  console.log(`${path}: ${bytes} bytes`);
}
