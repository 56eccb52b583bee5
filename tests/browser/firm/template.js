// Before all tests: the demo firm is made once; every file of tests that wants one gets a copy of its own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { House } from "./house.js";

export default async function makeTemplate() {
  const folder = mkdtempSync(join(tmpdir(), "countersign-template-"));
  const house = await House.openDemo(folder);
  await house.stop();
  process.env.COUNTERSIGN_TEMPLATE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
