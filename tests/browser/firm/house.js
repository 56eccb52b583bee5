// One running Countersign: the real binary, as a rehearsal in a folder of its own, on a port of its own.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { ROOT, binary } from "./binary.js";
import { Mailbox } from "./mail.js";

/** Where an imported firm begins: a Monday morning in its own zones. */
const FIRST_INSTANT = "2026-11-16T15:00:00Z";

/** When the demo firm is made: a Friday afternoon, whatever day it is. */
const DEMO_INSTANT = "2026-11-20T20:00:00Z";

/**
 * Who may come to a demo firm, from the file that it writes.
 * @typedef {object} Links
 * @property {{name: string, role: string, email: string, password: string}[]} staff
 * @property {{offer: string, status: string, email: string, invitation: string}[]} candidates
 * @property {{account: string, email: string, invitation: string}[]} clients
 * @property {{offer: string, email: string, invitation: string}[]} approvers
 */

export class House {
  /**
   * @param {string} folder
   * @param {import("node:child_process").ChildProcess} server
   * @param {string} address
   * @param {string} clock the file that says what time it is
   * @param {Links | undefined} links
   */
  constructor(folder, server, address, clock, links) {
    this.folder = folder;
    this.server = server;
    /** What addresses of this house begin with. */
    this.url = `http://${address}`;
    this.clock = clock;
    this.links = links;
    this.mail = new Mailbox(join(folder, "mail"));
  }

  /** The demo, as somebody sees it who tries the product. */
  static async demo() {
    return House.openDemo(copyOfTemplate());
  }

  /** @param {string} folder where a demo firm lies, or shall lie */
  static async openDemo(folder) {
    const at = (/** @type {string} */ name) => join(folder, name);
    mkdirSync(at("mail"), { recursive: true });
    const { server, address } = await start(folder, demo(folder, "127.0.0.1:0", DEMO_INSTANT));
    configure(folder, at("data/clock"));
    return new House(folder, server, address, at("data/clock"), linksIn(folder));
  }

  /** The demo firm with all its offers, served like any other firm, and its clock stands still. */
  static async furnished() {
    const folder = copyOfTemplate();
    const clock = join(folder, "data", "clock");
    configure(folder, clock);
    const { server, address } = await start(folder, ["serve", "--config", join(folder, "countersign.toml")]);
    return new House(folder, server, address, clock, linksIn(folder));
  }

  /** The same firm without an offer: playbook, people, clients, bands and openings, imported as an operator would. */
  static async imported() {
    const folder = mkdtempSync(join(tmpdir(), "countersign-house-"));
    const at = (/** @type {string} */ name) => join(folder, name);
    mkdirSync(at("data"));
    mkdirSync(at("mail"));
    writeFileSync(at("clock"), FIRST_INSTANT);
    configure(folder, at("clock"));
    const { server, address } = await start(folder, ["serve", "--config", at("countersign.toml")]);
    const house = new House(folder, server, address, at("clock"), undefined);
    const demo = `${ROOT}server/demo`;
    house.command("playbook", "apply", `${demo}/playbook.toml`);
    const kinds = ["clients", "bands", "requisitions"].map((kind) => `${kind}=${demo}/${kind}.csv`);
    house.command("import", "people", `${demo}/people.csv`, ...kinds);
    return house;
  }

  /**
   * Runs a command of the binary against this house and gives what it prints.
   * @param {...string} words
   */
  command(...words) {
    return execFileSync(binary(), [...words, "--config", join(this.folder, "countersign.toml")], { encoding: "utf8" });
  }

  /**
   * Turns the clock.
   * @param {string} instant RFC 3339
   */
  setClock(instant) {
    // written aside and renamed, so that nobody reads half an instant
    writeFileSync(`${this.clock}.turned`, instant);
    renameSync(`${this.clock}.turned`, this.clock);
  }

  /** What the clock says, RFC 3339. */
  now() {
    return readFileSync(this.clock, "utf8").trim();
  }

  /**
   * Turns the clock so much on.
   * @param {number} days
   */
  passDays(days) {
    this.setClock(new Date(Date.parse(this.now()) + days * 24 * 3600 * 1000).toISOString());
  }

  /**
   * The path of a link into this house, also of one that was written before it moved to another port.
   * @param {string} link
   */
  path(link) {
    const url = new URL(link, this.url);
    return url.pathname + url.search + url.hash;
  }

  /** Ends it, and everything that it kept. */
  async close() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /**
   * Serves the same demo again after its server was ended from outside, where it was served before.
   * @param {string} where as `127.0.0.1:3000`
   */
  async startAgain(where) {
    const { server } = await start(this.folder, demo(this.folder, where, this.now()));
    this.server = server;
  }

  /** Ends it; what it kept stays. */
  async stop() {
    const ended = new Promise((resolve) => this.server.once("exit", resolve));
    if (this.server.kill()) {
      await ended;
    }
  }
}

/**
 * The command that serves the demo in this folder, its clock beginning at an instant.
 * @param {string} folder
 * @param {string} where
 * @param {string} instant
 */
function demo(folder, where, instant) {
  const at = (/** @type {string} */ name) => join(folder, name);
  return ["demo", "--listen", where, "--at", instant, "--data", at("data"), "--mail-dir", at("mail"), "--links", at("links.json")];
}

/** What `template.js` made once for all. */
function copyOfTemplate() {
  const folder = mkdtempSync(join(tmpdir(), "countersign-firm-"));
  // the socket of a server that is gone is not worth a copy
  const filter = (/** @type {string} */ path) => !lstatSync(path).isSocket();
  cpSync(process.env.COUNTERSIGN_TEMPLATE ?? "", folder, { recursive: true, preserveTimestamps: true, filter });
  return folder;
}

/**
 * @param {string} folder
 * @returns {Links}
 */
function linksIn(folder) {
  return JSON.parse(readFileSync(join(folder, "links.json"), "utf8"));
}

/**
 * Writes the configuration of a rehearsal: for `serve`, and for commands to a server that runs.
 * @param {string} folder
 * @param {string} clock
 */
function configure(folder, clock) {
  const at = (/** @type {string} */ name) => JSON.stringify(join(folder, name));
  const lines = [
    `listen = "127.0.0.1:0"`,
    `data = ${at("data")}`,
    `[mail]`,
    `kind = "folder"`,
    `folder = ${at("mail")}`,
    `from = "offers@harborpine.example"`,
    `[rehearsal]`,
    `clock = ${JSON.stringify(clock)}`,
  ];
  writeFileSync(join(folder, "countersign.toml"), `${lines.join("\n")}\n`);
}

/**
 * Starts the server and waits until it says where it listens.
 * @param {string} folder
 * @param {string[]} words
 */
async function start(folder, words) {
  const log = join(folder, "server.log");
  const server = spawn(binary(), words, { stdio: ["ignore", "pipe", openSync(log, "a")] });
  const said = createInterface({ input: server.stdout });
  const first = await new Promise((resolve, reject) => {
    said.once("line", resolve);
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}:\n${readFileSync(log, "utf8")}`)));
  });
  return { server, address: JSON.parse(first).listening };
}
