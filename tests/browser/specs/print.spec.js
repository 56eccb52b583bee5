// On paper: the offer and its letter, and nothing that one can only press.
import { overflow } from "../eyes/sound.js";
import { enter, signIn } from "../firm/doors.js";
import { find } from "../firm/hands.js";
import { House } from "../firm/house.js";
import { expect, oneHouse, test } from "../test.js";

const house = oneHouse(House.furnished);

/** The inner width of a letter page at 96 px an inch. */
const PAPER = 720;

test("a printed offer is its letter, within the sheet", async ({ come }) => {
  const { offer, email, invitation } = house().links?.candidates[0] ?? { offer: "", email: "", invitation: "" };
  const candidate = await come(house());
  await enter(candidate, house(), email, invitation);
  const recruiter = await come(house());
  await signIn(recruiter, house(), "Grace");
  await recruiter.goto(`${await find(recruiter, offer)}/letter`);

  for (const page of [candidate, recruiter]) {
    await page.setViewportSize({ width: PAPER, height: 960 });
    await page.emulateMedia({ media: "print" });
    await expect(page.locator(".letter").first()).toBeVisible();
    for (const onlyOnScreen of [".masthead-nav", ".skip", ".rehearsal", "main .button", ".foot a"]) {
      await expect(page.locator(onlyOnScreen).filter({ visible: true }), onlyOnScreen).toHaveCount(0);
    }
    expect(await overflow(page)).toEqual([]);
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"], "paper is white").toContain(paper);
  }
});
