// The secrets of a test's calls: found by the names of members, by their own shape and in texts within texts; and taken out in every form.

import { documentOf } from "./documents.ts";
import { textOf } from "./plain-value.ts";

/** Wider than what AWS's models call secret: it is for headers, documents and items of the app's own, too. */
const NAMES =
  /pass(word|phrase|wd)|secret|credential|authorization|cookie|signature|private-?_?key|(api|access|account|master|encryption|customer|shared)[-_]?key|plaintext|cipher|tokens?$|^token|jwt|assertion|^otp|^mfa|^pin$|keymaterial|^salt$|^hash$|^seed$|authparameters|^session$|csrf|challenge|^(string_?to_?sign|canonical_?request)/i;
/** The last word of names that say something about a secret, and not what it is. */
const ABOUT = new Set(
  `arn id ids name names label type algorithm length age size days validity count required enabled policy config configuration
  settings rule rules status version versions stage stages expires expiration expiry use usage spec state selection url uri
  date at on source header headers method methods document`.split(/\s+/),
);
/** An access key's id opens half a door. */
const ALTHOUGH = /access_?-?key_?-?ids?$/i;

export function isSecretName(name: string): boolean {
  if (ALTHOUGH.test(name)) return true;
  if (!NAMES.test(name)) return false;
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").split(/[^A-Za-z0-9]+/);
  return !ABOUT.has((words.at(-1) ?? "").toLowerCase());
}

/** Secrets that show by themselves what they are: what they are called, and where in the match they stand. */
const SHAPES: readonly (readonly [string, RegExp])[] = [
  ["PrivateKey", /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g],
  ["AccessKeyId", /(?<![A-Za-z0-9])((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,124})(?![A-Za-z0-9])/g],
  ["Jwt", /(?<![\w.-])(ey[JK][\w-]{5,}\.[\w-]+\.[\w-]*)/g],
  ["Authorization", /\b(?:Bearer|Basic|Digest|Negotiate)\s+([\w.~+/=-]{4,})/gi],
  ["Password", /\w:\/\/[^\s/:@]*:([^\s/@]+)@/g],
  [
    "SecretAccessKey",
    /(?<![A-Za-z0-9/+])((?=[^\s]*[a-z])(?=[^\s]*[A-Z])(?=[^\s]*[0-9])[A-Za-z0-9/+]{40})(?![A-Za-z0-9/+=])/g,
  ],
];
/** `password=x`, `"token": "x"`, `secret: x` in any text. */
const SAID =
  /["']?([\w.-]{2,64})\\*["']?\s*[:=]\s*(?=\\*(?:"([^"\\]{3,})\\*"|'([^'\\]{3,})'|([^\s"',;&<>{}()[\]\\]{3,})))/g;
/** What looks like base64 of something worth a look. */
const BASE64 = /[A-Za-z0-9+/_-]{12,}={0,2}/g;
const DEEPEST = 5;

/** Known to everybody: the embedded target's conventional secret is no secret. */
const PUBLIC =
  /^(test|true|false|null|undefined|none|bearer|basic|aws4-hmac-sha256|required|optional|enabled|disabled|\*+|<.*>)$/i;
/** A shorter one is only taken out where it stands alone. */
const ANYWHERE = 6;

export class Secrets {
  /** Each with what it is called. */
  readonly #found = new Map<string, string>();
  readonly #looked = new Set<string>();

  get found(): ReadonlyMap<string, string> {
    return this.#found;
  }

  add(value: string, name: string): void {
    const text = value.trim();
    if (text.length < 3 || PUBLIC.test(text)) return;
    if (!this.#found.has(value)) this.#found.set(value, name);
    if (text !== value) this.add(text, name);
    const decoded = unescapedAddress(text);
    if (decoded !== text) this.add(decoded, name);
    // `Basic` is a user's name and password.
    const [, password] = name === "Authorization" ? (textOf(Buffer.from(text, "base64"))?.split(/:(.*)/s) ?? []) : [];
    if (password !== undefined && /^[ -~]+$/.test(password)) this.add(password, "Password");
  }

  /** Every text in it is one, and every text in those. */
  addAll(value: unknown, name: string): void {
    if (typeof value === "number") this.add(String(value), name);
    if (typeof value === "string") {
      this.add(value, name);
      this.look(value);
      const document = documentOf(value);
      if (document !== undefined) this.addAll(document, name);
    }
    if (typeof value === "object" && value !== null)
      for (const [key, each] of Object.entries(value)) this.addAll(each, /^\d+$|^[A-Z]$|^</.test(key) ? name : key);
  }

  /** Finds secrets in a text that is none itself, and in the texts in it. */
  look(text: string, depth = 0): void {
    if (depth > DEEPEST || this.#looked.has(text)) return;
    this.#looked.add(text);
    for (const [name, shape] of SHAPES) for (const match of text.matchAll(shape)) this.add(match[1] ?? match[0], name);
    for (const [, name = "", ...values] of text.matchAll(SAID)) {
      const value = values.find((each) => each !== undefined);
      if (value !== undefined && isSecretName(name)) this.addAll(value, name);
    }
    for (const within of textsWithin(text)) this.look(within, depth + 1);
    const document = documentOf(text);
    if (document !== undefined) this.lookIn(document, "", depth + 1);
  }

  /** Finds secrets in a value by the names of its members. */
  lookIn(value: unknown, name = "", depth = 0): void {
    if (isSecretName(name)) return this.addAll(value, name);
    if (typeof value === "string") return this.look(value, depth);
    if (typeof value !== "object" || value === null) return;
    const entries = Object.entries(value);
    const [, called] =
      entries.find(([key, each]) => /^(name|key|parameterkey|n)$/i.test(key) && typeof each === "string") ?? [];
    for (const [key, each] of entries) {
      this.look(key, depth);
      const isNamed = called !== undefined && /value$|^v$/i.test(key) && isSecretName(String(called));
      if (isNamed) this.addAll(each, String(called));
      else this.lookIn(each, /^\d+$/.test(key) ? name : key, depth);
    }
  }

  /** What finds each of them in whatever form, the longest first, and which it is. */
  finder(): { readonly pattern: RegExp; readonly secretOf: (match: string) => string } | undefined {
    const forms = new Map<string, string>();
    for (const secret of this.#found.keys())
      for (const form of formsOf(secret)) if (!forms.has(form)) forms.set(form, secret);
    if (forms.size === 0) return undefined;
    const ordered = [...forms.keys()].toSorted((one, other) => other.length - one.length);
    const each = ordered.map((form) =>
      form.length < ANYWHERE ? `(?<![A-Za-z0-9])${escaped(form)}(?![A-Za-z0-9])` : escaped(form),
    );
    return { pattern: new RegExp(each.join("|"), "g"), secretOf: (match) => forms.get(match) ?? match };
  }
}

/** Decoded forms that a text has in it. */
function textsWithin(text: string): readonly string[] {
  const found: string[] = [];
  const decodedAddress = unescapedAddress(text);
  if (decodedAddress !== text) found.push(decodedAddress);
  for (const [run] of text.matchAll(BASE64)) {
    const decoded = textOf(Buffer.from(run, "base64"));
    if (decoded !== undefined) found.push(decoded);
  }
  if (text.includes("\\")) found.push(text.replaceAll(/\\(["\\/])/g, "$1"));
  return found;
}

function unescapedAddress(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => textOf(Buffer.from(run.replaceAll("%", ""), "hex")) ?? run);
}

/** As it is, in JSON (twice), in an address, in base64 wherever it begins, in hexadecimal digits. */
function formsOf(secret: string): ReadonlySet<string> {
  const bytes = Buffer.from(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inAddress = encodeURIComponent(secret);
  const forms = [
    secret,
    inJson,
    JSON.stringify(inJson).slice(1, -1),
    inAddress,
    encodeURIComponent(inAddress),
    inAddress.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    inAddress.replaceAll("%20", "+"),
    secret.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  ];
  if (bytes.length >= ANYWHERE) {
    forms.push(bytes.toString("hex"), bytes.toString("hex").toUpperCase());
    for (const base64 of [bytes.toString("base64"), bytes.toString("base64url")])
      forms.push(base64, encodeURIComponent(base64));
    for (const core of [0, 1, 2].map((shift) => base64Core(bytes, shift)))
      forms.push(core, core.replaceAll("+", "-").replaceAll("/", "_"), encodeURIComponent(core));
  }
  return new Set(forms.filter((form) => form !== ""));
}

/** What of a text's base64 does not depend on its neighbours, when `shift` bytes of three come before it. */
function base64Core(bytes: Buffer, shift: number): string {
  const whole = Buffer.concat([Buffer.alloc(shift), bytes]);
  const from = Math.ceil((shift * 8) / 6);
  return whole.toString("base64").slice(from, Math.floor((whole.length * 8) / 6));
}

export function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
