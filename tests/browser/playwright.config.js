// How the browser tests run: `npm test` here, or `cargo xtask test --only browser-tests`, which brings what they need.
import { defineConfig } from "@playwright/test";
import { chromium } from "./firm/chromium.js";

const PATIENCE = 60_000;
const WALK = "staff-pages.spec.js";

export default defineConfig({
  testDir: "specs",
  outputDir: "../../target/browser-tests",
  globalSetup: "./firm/template.js",
  // one more than cores: much of the time they wait until something is durable
  workers: 3,
  retries: 0,
  forbidOnly: true,
  // Nothing waits for a time to pass; these only say when a machine, however busy, must have answered.
  timeout: 300_000,
  expect: { timeout: PATIENCE },
  reporter: [["list"]],
  use: {
    // Nothing here moves, so a picture is the same whenever it is taken.
    contextOptions: { reducedMotion: "reduce" },
    locale: "en-US",
    timezoneId: "America/Los_Angeles",
    viewport: { width: 1280, height: 900 },
    actionTimeout: PATIENCE,
    navigationTimeout: PATIENCE,
    screenshot: "only-on-failure",
    launchOptions: { executablePath: chromium(), args: ["--no-sandbox", "--disable-dev-shm-usage"] },
  },
  // Every promise to people holds without script too. What only looks at pages runs once, where script could break them; the longest
  // begins, so that the others run beside it.
  projects: [
    // a picture of each of its people would bury what it found
    { name: "walk", testMatch: WALK, use: { javaScriptEnabled: true, screenshot: "off" } },
    { name: "script", testIgnore: WALK, use: { javaScriptEnabled: true } },
    { name: "no-script", use: { javaScriptEnabled: false }, grepInvert: /@script/ },
  ],
});
