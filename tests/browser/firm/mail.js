// The mails of a rehearsal: `.eml` files in a folder, read as their recipient reads them.
import { expect } from "@playwright/test";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * One mail.
 * @typedef {object} Mail
 * @property {string} to
 * @property {string} subject
 * @property {string} text its plain text
 * @property {string} html its formatted text
 */

export class Mailbox {
  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
    /** @type {Set<string>} */
    this.read = new Set();
  }

  /**
   * Every mail so far, oldest first.
   * @returns {Mail[]}
   */
  all() {
    return this.#files().map((name) => this.#open(name));
  }

  /**
   * The oldest unread mail to an address that holds these words; waits until it is there.
   * @param {string} to
   * @param {string} about
   * @returns {Promise<Mail>}
   */
  async next(to, about) {
    const find = () => this.#unread(to, about)[0];
    await expect.poll(find, { message: `a mail to ${to} about "${about}"`, intervals: [20] }).toBeTruthy();
    const name = find() ?? "";
    this.read.add(name);
    return this.#open(name);
  }

  /**
   * Takes what has come so far as read.
   * @param {string} to
   * @param {string} about
   */
  forget(to, about) {
    this.#unread(to, about).forEach((name) => this.read.add(name));
  }

  /**
   * @param {string} to
   * @param {string} about
   */
  #unread(to, about) {
    const unread = this.#files().filter((name) => !this.read.has(name));
    return unread.filter((name) => {
      const mail = this.#open(name);
      return mail.to.includes(to) && `${mail.subject}\n${mail.text}`.includes(about);
    });
  }

  #files() {
    const names = readdirSync(this.folder).filter((name) => name.endsWith(".eml"));
    const written = new Map(names.map((name) => [name, statSync(join(this.folder, name)).mtimeMs]));
    return names.sort((one, other) => (written.get(one) ?? 0) - (written.get(other) ?? 0));
  }

  /** @param {string} name */
  #open(name) {
    return parsed(readFileSync(join(this.folder, name), "utf8"));
  }
}

/**
 * The links of a mail, in its plain and in its formatted text.
 * @param {Mail} mail
 * @returns {string[]}
 */
export function links(mail) {
  const found = `${mail.text}\n${mail.html}`.match(/https?:\/\/[^\s"<>]+/g) ?? [];
  return [...new Set(found)];
}

/**
 * The code that a mail carries.
 * @param {Mail} mail
 * @returns {string}
 */
export function code(mail) {
  const found = mail.text.match(/^\s*(\d{3,4})[ -]?(\d{3,4})\s*$/m) ?? mail.text.match(/\b(\d{3,4})[ -]?(\d{3,4})\b/);
  if (!found) {
    throw new Error(`no code in the mail:\n${mail.text}`);
  }
  return found[1] + found[2];
}

/**
 * @param {string} raw
 * @returns {Mail}
 */
function parsed(raw) {
  const { headers, body } = split(raw.replaceAll("\r\n", "\n"));
  const boundary = headers["content-type"]?.match(/boundary="?([^";]+)"?/)?.[1];
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map((part) => split(part.replace(/^\n/, ""))) : [{ headers, body }];
  const of = (/** @type {string} */ type) => {
    const part = parts.find((part) => (part.headers["content-type"] ?? "text/plain").startsWith(type));
    return part ? decoded(part.body, part.headers["content-transfer-encoding"] ?? "") : "";
  };
  return { to: words(headers.to ?? ""), subject: words(headers.subject ?? ""), text: of("text/plain"), html: of("text/html") };
}

/**
 * @param {string} text
 * @returns {{headers: Record<string, string>, body: string}}
 */
function split(text) {
  const end = text.indexOf("\n\n");
  const lines = text.slice(0, end).replace(/\n[ \t]/g, " ").split("\n");
  const headers = Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]));
  return { headers, body: text.slice(end + 2) };
}

/**
 * @param {string} body
 * @param {string} encoding
 */
function decoded(body, encoding) {
  switch (encoding.toLowerCase()) {
    case "quoted-printable":
      return quotedPrintable(body.replace(/=\n/g, ""));
    case "base64":
      return Buffer.from(body, "base64").toString("utf8");
    default:
      return body;
  }
}

/** @param {string} text */
function quotedPrintable(text) {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/**
 * A header whose words may be encoded.
 * @param {string} text
 */
function words(text) {
  return text.replace(/=\?utf-8\?b\?([^?]*)\?=/gi, (_, packed) => Buffer.from(packed, "base64").toString("utf8"));
}

/**
 * The first link of a mail whose path begins so.
 * @param {Mail} mail
 * @param {string} beginning
 */
export function linkTo(mail, beginning) {
  return links(mail).find((link) => new URL(link).pathname.startsWith(beginning)) ?? "";
}
