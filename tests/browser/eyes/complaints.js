// What a browser holds against a page: errors and warnings on its console, scripts that throw, breaches of the content policy,
// requests that fail or leave the house.

/** @typedef {import("@playwright/test").BrowserContext} BrowserContext */

export class Complaints {
  constructor() {
    /** @type {string[]} */
    this.all = [];
  }

  /**
   * Listens to every page of a browser.
   * @param {BrowserContext} context
   */
  async listen(context) {
    const origin = (/** @type {string} */ url) => new URL(url).origin;
    context.on("console", (message) => {
      const grave = message.type() === "error" || message.type() === "warning";
      if (grave && !isOwnAnswer(message)) {
        this.all.push(`${message.location().url}: ${message.text()}`);
      }
    });
    context.on("weberror", (thrown) => this.all.push(`${thrown.page()?.url()}: ${thrown.error()}`));
    context.on("request", (request) => {
      const from = request.frame().url();
      if (request.url().startsWith("http") && from.startsWith("http") && origin(request.url()) !== origin(from)) {
        this.all.push(`${from}: leaves the house for ${request.url()}`);
      }
    });
    context.on("response", (response) => {
      const navigation = response.request().isNavigationRequest();
      if (response.status() >= 500 || (response.status() >= 400 && !navigation)) {
        this.all.push(`${response.url()}: ${response.status()}`);
      }
    });
    // the console reports most breaches of the policy; this event reports each
    await context.exposeBinding("reportBreach", (_, breach) => this.all.push(breach));
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (breach) => {
        globalThis.reportBreach(`${location.href}: ${breach.violatedDirective} forbids ${breach.blockedURI}`);
      });
    });
  }
}

/**
 * A page that says "not found" answers 404, and the browser's console repeats that number.
 * @param {import("@playwright/test").ConsoleMessage} message
 */
function isOwnAnswer(message) {
  const about = message.location().url;
  return /^Failed to load resource: .* status of 4\d\d/.test(message.text()) && message.page()?.url().split("#")[0] === about;
}
