// A walk through the product: from where somebody comes in, along every link that they are shown. Of the many pages that differ in
// their words alone, few are looked at: each that shows a part, or a state of a part, that no page before it showed at this route.
import { routeOf, routes } from "./routes.js";

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {{who: string, address: string, route: string, shows: Set<string>, actions: string[]}} Seen
 */

/** So many addresses of one route in a row that show one person nothing new: a long list is long because its entries are alike. */
const ALIKE_IN_A_ROW = 8;
/** How many are opened at once. */
const AT_ONCE = 8;

const NOWHERE = "nowhere";
/** Its multiples, less what is whole in them, lie evenly: the golden ratio. */
const GOLDEN = 0.618033988749895;

export class Walk {
  /** @param {string} url of the house */
  constructor(url) {
    this.url = url;
    this.routes = routes();
    /** @type {Seen[]} */
    this.seen = [];
    /** @type {{who: string, page: Page, address: string, route: string}[]} */
    this.left = [];
    /** @type {Set<string>} */
    this.known = new Set();
    /** @type {Set<string>} */
    this.lookedAt = new Set();
  }

  /**
   * Somebody walks as far as links lead.
   * @param {string} who
   * @param {Page} page at which they have come in
   * @param {string[]} starts
   */
  async go(who, page, starts) {
    const known = new Set(starts);
    /** @type {Map<string, number>} */
    const alike = new Map();
    let next = starts;
    while (next.length > 0) {
      const found = await this.#open(who, page, next, alike);
      next = spread([...new Set(found)].filter((way) => !known.has(way)));
      next.forEach((way) => known.add(way));
    }
  }

  /**
   * Somebody tries the addresses of others, one of each route: most are not for them, and that is a page too.
   * @param {string} who
   * @param {Page} page
   */
  async trespass(who, page) {
    const theirs = new Map(this.seen.filter((seen) => seen.who !== who).map((seen) => [seen.route, seen.address]));
    await this.#open(who, page, [...theirs.values()], new Map());
  }

  /**
   * Goes back for what was left, until links have led to every page of these, or nothing is left: what leads to a rare page may look like all others.
   * @param {(route: string) => boolean} ours
   */
  async goBack(ours) {
    const near = (/** @type {string} */ route) => (this.missed(ours).some((missed) => missed.startsWith(`${route}/`)) ? route.length : 0);
    const left = this.left.splice(0).sort((one, other) => near(other.route) - near(one.route));
    for (const { who, page, address } of left) {
      const missed = this.missed(ours);
      if (missed.length === 0) {
        return;
      }
      const ways = await this.#open(who, page, [address], new Map());
      // a page of the same thing may be on the way, as the review of a draft
      const within = ways.filter((way) => way.startsWith(`${new URL(address, this.url).pathname}/`));
      ways.push(...(await this.#open(who, page, [...new Set(within)], new Map())));
      await this.#open(who, page, [...new Set(ways)].filter((way) => missed.includes(this.#route(way))), new Map());
    }
  }

  /** The fewest pages that together show everything that was seen since this was asked last. */
  choice() {
    const left = new Set(this.seen.flatMap((seen) => [...seen.shows]).filter((part) => !this.lookedAt.has(part)));
    const chosen = [];
    while (left.size > 0) {
      const news = this.seen.map((seen) => [...seen.shows].filter((part) => left.has(part)).length);
      const best = this.seen[news.indexOf(Math.max(...news))];
      best.shows.forEach((part) => left.delete(part) && this.lookedAt.add(part));
      chosen.push(best);
    }
    return chosen;
  }

  /** The pages with each form that posts, by where it is sent. */
  forms() {
    /** @type {Map<string, Seen[]>} */
    const forms = new Map();
    for (const seen of this.seen) {
      seen.actions.forEach((action) => forms.set(action, [...(forms.get(action) ?? []), seen]));
    }
    return forms;
  }

  /**
   * The routes below these beginnings at which nobody has been.
   * @param {(route: string) => boolean} ours
   */
  missed(ours) {
    const been = new Set(this.seen.map((seen) => seen.route));
    return this.routes.filter((route) => ours(route) && !been.has(route));
  }

  /** @param {string} address */
  #route(address) {
    return routeOf(new URL(address, this.url).pathname, this.routes) ?? NOWHERE;
  }

  /**
   * Opens addresses as a reader of bare HTML, and gives the addresses that they lead to.
   * @param {string} who
   * @param {Page} page
   * @param {string[]} addresses
   * @param {Map<string, number>} alike of each route, how many in a row showed nothing new
   */
  async #open(who, page, addresses, alike) {
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
    const queue = [...addresses];
    /** @type {string[]} */
    const ways = [];
    const read = async () => {
      for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
        const route = this.#route(address);
        if ((alike.get(route) ?? 0) >= ALIKE_IN_A_ROW) {
          this.left.push({ who, page, address, route });
          continue;
        }
        const answer = await fetch(this.url + address, { headers: { cookie, accept: "text/html" }, redirect: "manual" });
        const to = answer.headers.get("location");
        if (to) {
          this.seen.push({ who, address, route, shows: new Set(), actions: [] });
          this.#note(route, [`${route} leads to ${this.#route(to)}`], alike);
          ways.push(...this.#own([to]));
        } else if (answer.headers.get("content-type")?.startsWith("text/html")) {
          const { shows, actions, links } = await page.evaluate(parts, await answer.text());
          const all = [`status ${answer.status}`, ...shows].map((part) => `${route} ${part}`);
          this.seen.push({ who, address, route, shows: new Set(all), actions });
          this.#note(route, all, alike);
          ways.push(...this.#own(links));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, read));
    return ways;
  }

  /**
   * Counts what a page shows, and pages that showed nothing new.
   * @param {string} route
   * @param {string[]} parts
   * @param {Map<string, number>} alike
   */
  #note(route, parts, alike) {
    alike.set(route, parts.every((part) => this.known.has(part)) ? (alike.get(route) ?? 0) + 1 : 0);
    parts.forEach((part) => this.known.add(part));
  }

  /**
   * Addresses of this house alone, without the place on the page.
   * @param {string[]} links
   */
  #own(links) {
    const urls = links.map((link) => new URL(link, this.url)).filter((url) => url.origin === this.url);
    return urls.map((url) => url.pathname + url.search);
  }
}

/**
 * Addresses in an order in which the first few stand for all, wherever on a page they lie.
 * @param {string[]} addresses
 */
function spread(addresses) {
  const place = (/** @type {number} */ index) => (index * GOLDEN) % 1;
  return addresses.map((_, index) => index).sort((one, other) => place(one) - place(other)).map((index) => addresses[index]);
}

/**
 * What a page shows, apart from words; runs in the browser.
 * @param {string} html
 */
function parts(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const shows = [...page.querySelectorAll("body *")].flatMap((element) => {
    const states = element.getAttributeNames().filter((name) => /^(data-|aria-(current|invalid|expanded|pressed)|role$|type$)/.test(name));
    const stated = states.map((name) => `${name}=${element.getAttribute(name)}`).filter((state) => state.length < 40 && !/[\d ]/.test(state));
    return [...element.classList, ...stated.map((state) => `${element.classList[0] ?? element.tagName} ${state}`)];
  });
  const posts = [...page.querySelectorAll("form[method=post]")].map((form) => form.getAttribute("action") ?? "");
  const hrefs = [...page.querySelectorAll("a[href]")].map((link) => link.getAttribute("href") ?? "");
  // a search that finds nothing is a page too
  const searches = [...page.querySelectorAll("form[method=get]")].map((form) => {
    const name = form.querySelector("input[type=search]")?.getAttribute("name");
    return name ? `${form.getAttribute("action")}?${name}=zzzz` : "";
  });
  return { shows: [...shows, ...posts], actions: posts, links: [...hrefs, ...searches].filter((link) => link !== "" && !link.startsWith("#")) };
}
