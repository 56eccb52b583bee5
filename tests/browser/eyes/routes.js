// Every address that the product has pages at, read from where it declares them.
import { readFileSync, readdirSync } from "node:fs";
import { ROOT } from "../firm/binary.js";

const FOLDER = `${ROOT}app/src/routes`;

/**
 * The patterns of all pages, as `/offers/:id/letter`.
 * @returns {string[]}
 */
export function routes() {
  const sources = readdirSync(FOLDER).map((name) => readFileSync(`${FOLDER}/${name}`, "utf8"));
  const found = sources.flatMap((source) => [...source.matchAll(/path!\("([^"]*)"\)/g)].map(([, pattern]) => pattern));
  if (found.length === 0) {
    throw new Error(`no route is declared in ${FOLDER}`);
  }
  return [...new Set(found)];
}

/**
 * The pattern that an address belongs to: where several fit, the one with the fewest open parts, as the product chooses.
 * @param {string} path
 * @param {string[]} patterns
 * @returns {string | undefined}
 */
export function routeOf(path, patterns) {
  const fits = patterns.filter((pattern) => new RegExp(`^${pattern.replace(/:[a-z_]+/g, "[^/]+")}$`).test(path));
  const open = (/** @type {string} */ pattern) => pattern.split("/:").length;
  return fits.sort((one, other) => open(one) - open(other))[0];
}
