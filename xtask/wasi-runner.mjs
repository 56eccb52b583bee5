// Runs one test program that was built for wasm32-wasip1, with its arguments: `node wasi-runner.mjs PROGRAM ARGUMENTS..`
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [program, ...rest] = process.argv.slice(2);
const here = process.cwd();
const wasi = new WASI({
  version: "preview1",
  args: [program, ...rest],
  env: process.env,
  preopens: { ".": here, [here]: here },
  returnOnExit: true,
});
const module = await WebAssembly.compile(await readFile(program));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
try {
  process.exitCode = wasi.start(instance);
} catch (trap) {
  // A failed assertion aborts the program; its message is already on the terminal.
  console.error(`${program}: ${trap.message}`);
  process.exitCode = 1;
}
