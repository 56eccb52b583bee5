// What a page does once its script runs. Until then its links and forms work as they do without.
import { expect } from "@playwright/test";

/**
 * Waits until the islands of a page answer: a click before that is the plain page's, and rightly leads elsewhere.
 * @param {import("@playwright/test").Page} page
 */
export async function awake(page) {
  await expect(page.locator("html[data-awake]")).toHaveCount(1);
}
