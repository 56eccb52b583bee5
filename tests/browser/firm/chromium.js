// The browser of this machine: Debian's Chromium, or what goes by another name elsewhere.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * The path of the first Chromium on the PATH.
 * @returns {string}
 */
export function chromium() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (!found) {
    throw new Error(`no Chromium (${NAMES.join(", ")}); run: sudo apt-get install chromium`);
  }
  return found;
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
