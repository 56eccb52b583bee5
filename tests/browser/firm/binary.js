// The binary under test.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The root of the workspace. */
export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/**
 * `COUNTERSIGN_BIN`, or what `cargo build` left in the workspace.
 * @returns {string}
 */
export function binary() {
  const path = process.env.COUNTERSIGN_BIN ?? `${ROOT}target/debug/countersign`;
  if (!existsSync(path)) {
    throw new Error(`${path} is missing; run: cargo build --bin countersign`);
  }
  return path;
}
