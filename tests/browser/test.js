// What every test begins with: somebody at a browser of their own, whose pages must never complain.
import { test as base, expect } from "@playwright/test";
import { Complaints } from "./eyes/complaints.js";
import { House } from "./firm/house.js";

export { expect };

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {(house: House) => Promise<Page>} Come
 */

export const test = base.extend({
  /** Somebody comes with a fresh browser; whatever any page or server complains of fails the test. */
  come: async ({ browser }, use) => {
    const complaints = new Complaints();
    /** @type {import("@playwright/test").BrowserContext[]} */
    const contexts = [];
    await use(async (/** @type {House} */ house) => {
      const context = await browser.newContext({ baseURL: house.url });
      contexts.push(context);
      await complaints.listen(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(complaints.all, "no page complains").toEqual([]);
  },
});

/**
 * The house of a file of tests: opened before its first, closed after its last.
 * @param {() => Promise<House>} open
 * @returns {() => House}
 */
export function oneHouse(open) {
  /** @type {House | undefined} */
  let house;
  test.beforeAll(async () => {
    house = await open();
  });
  test.afterAll(() => house?.close());
  return () => {
    if (!house) {
      throw new Error("the house opens before the first test, not before");
    }
    return house;
  };
}
