// Takes out of a test's calls what is secret, and what is another on every run: the same value is the same placeholder, so that relations stay.

import { Passing, Secret } from "./plain-value.ts";
import { documentOf } from "./documents.ts";
import { Secrets, escaped, isSecretName } from "./secrets.ts";
import { canonicalAddresses } from "./addresses.ts";
import { isIdentifier, shapesOfChance } from "./identifiers.ts";

/** What is known of the run before any call. */
export type Known = {
  readonly account: string;
  readonly region: string;
  /** Where the suite's calls go, e.g. `http://127.0.0.1:4566`; none on AWS. */
  readonly endpoints: readonly string[];
  readonly isLocalStack?: boolean | undefined;
  /** Of the deployed stacks: name -> value. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Credentials of the run, and what else is secret on this machine. */
  readonly secrets: readonly string[];
};

/** A shorter name may be any word. */
const SHORTEST = 6;
/** Digests of what was sent are compared, and say nothing else. */
export const DIGEST = /^etag$|^"?<sha256>|md5|sha(1|256|512)|checksum|^x-amz-checksum-|crc/i;
const TIMES: readonly RegExp[] = [
  /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?/g,
  /\b\d{8}T\d{6}Z/g,
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d (?:GMT|\+0000)/g,
  /\b\d\d\/\w{3}\/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}/g,
  /(?<![\w.-])(?:1[5-9]|2[0-2])\d{8}(?:\.\d{1,6}|\d{3})?(?![\w.-])/g,
  /\b20\d\d-\d\d-\d\d\b/g,
];
/** Keys that say what a value was. */
const OWN_KEY = /^<(json|xml|bytes|sha256|length|stream)>$/;
/** How long something took. */
const DURATION = /(milliseconds|millis|duration|latency|elapsed|(?<=[a-z])Ms)$/i;
/** Of what is bound to be a time. */
const EPOCH = { from: 1_500_000_000, to: 2_300_000_000 } as const;

type Patterns = {
  readonly secrets: ReturnType<Secrets["finder"]>;
  /** Of what is deployed: a host has other forms elsewhere. */
  readonly addresses: RegExp | undefined;
  readonly names: RegExp | undefined;
};

export class Scrubber {
  readonly #secrets = new Secrets();
  readonly #names = new Map<string, string>();
  readonly #placeholders = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #known: Known;
  #patterns: Patterns = { secrets: undefined, addresses: undefined, names: undefined };

  constructor(known: Known) {
    this.#known = known;
    for (const secret of known.secrets) this.#secrets.add(secret, "Secret");
  }

  scrub(calls: readonly unknown[]): unknown {
    const plain = calls.map((call) => this.#seen(call));
    for (const call of plain) this.#secrets.lookIn(call);
    for (const [name, value] of Object.entries(this.#known.outputs))
      this.#learn(withoutPort(value.replace(/\/$/, "")), name);
    for (const call of plain) this.#learnIn(call, "");
    const isAddress = (name: string): boolean => name.includes("://");
    const names = [...this.#names.keys()];
    this.#patterns = {
      secrets: this.#secrets.finder(),
      addresses: anyOf(names.filter(isAddress)),
      names: anyOf(names.filter((name) => !isAddress(name))),
    };
    return plain.map((call) => this.#shown(call, ""));
  }

  /** What passed by has passed, and what a model marks is known. */
  #seen(value: unknown): unknown {
    if (value instanceof Passing) return value.seen();
    if (value instanceof Secret) {
      this.#secrets.addAll(value.value, "Secret");
      return this.#seen({ "<secret>": value.value });
    }
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => this.#seen(each));
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.#seen(each)]));
  }

  #learnIn(value: unknown, name: string): void {
    if (typeof value === "string") {
      const document = documentOf(value);
      if (document !== undefined) this.#learnIn(document, name);
      else if (isIdentifier(name, value)) this.#learn(value, name);
    }
    if (typeof value !== "object" || value === null) return;
    const isPair = Object.keys(value).some((key) => /^values?$/i.test(key));
    // Of a pair of name and value neither is the name of a thing.
    for (const [key, each] of Object.entries(value))
      this.#learnIn(each, /^\d+$/.test(key) ? name : isPair && /^(name|key)$/i.test(key) ? "" : key);
  }

  #learn(value: string, name: string): void {
    // The parts of an ARN and of an address are learned where they stand alone.
    if (value.length < SHORTEST || value.startsWith("arn:") || this.#names.has(value)) return;
    this.#names.set(value, name);
  }

  #shown(value: unknown, name: string): unknown {
    if (DURATION.test(name) && /^\d+(\.\d+)?$/.test(String(value))) return "<duration>";
    if (typeof value === "string") return this.#shownText(value, name);
    if (typeof value === "number")
      return isTime(value) ? "<time>" : isSecretName(name) ? this.#placeholder(String(value), name) : value;
    if (typeof value !== "object" || value === null) return value;
    if ("<secret>" in value) return this.#hidden((value as Readonly<Record<string, unknown>>)["<secret>"], name);
    if (isSecretName(name)) return this.#hidden(value, name);
    if (Array.isArray(value)) return value.map((each) => this.#shown(each, name));
    const entries = Object.entries(value).map(([key, each]) => [
      this.#shownKey(key),
      this.#shown(each, /^<(json|xml|bytes)>$/.test(key) ? name : key),
    ]);
    return Object.fromEntries(entries) as unknown;
  }

  /** Of what is secret as a whole the members' names stay. */
  #hidden(value: unknown, name: string): unknown {
    if (typeof value === "string" || typeof value === "number") return this.#placeholder(String(value), name);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.map((each) => this.#hidden(each, name));
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [
        this.#shownKey(key),
        this.#hidden(each, /^[A-Z]$|^</.test(key) ? name : key),
      ]),
    );
  }

  #shownKey(key: string): string {
    return OWN_KEY.test(key) ? key : this.#scrubbed(key);
  }

  #shownText(text: string, name: string): unknown {
    if (text === "<time>") return text;
    if (isSecretName(name) && text !== "") return this.#placeholder(text, name);
    if (name === "<sha256>" || DIGEST.test(name)) return this.#withoutSecrets(text);
    const document = documentOf(text);
    if (document !== undefined) return this.#shown(document, name);
    if (isIdentifier(name, text) && !text.startsWith("arn:")) return this.#placeholder(text, name);
    return this.#scrubbed(text);
  }

  #scrubbed(text: string): string {
    const { addresses, names } = this.#patterns;
    const known = (found: string): string => {
      const name = withoutPort(found);
      return this.#placeholder(name, this.#names.get(name) ?? "");
    };
    const region = new RegExp(`(?<!\\w)${escaped(this.#known.region)}(?=[a-f]?(?!\\w))`, "g");
    const steps: readonly ((part: string) => string)[] = [
      (part) => (addresses === undefined ? part : part.replaceAll(addresses, known)),
      (part) => canonicalAddresses(part, this.#known),
      (part) => (names === undefined ? part : part.replaceAll(names, known)),
      ...TIMES.map((time) => (part: string) => part.replaceAll(time, "<time>")),
      (part) => part.replaceAll(region, "<Region>"),
      ...shapesOfChance.map(
        ([kind, shape]) =>
          (part: string) =>
            part.replaceAll(shape, (found) => this.#placeholder(found, kind)),
      ),
    ];
    return steps.reduce((shown, step) => outside(shown, step), this.#withoutSecrets(text));
  }

  #withoutSecrets(text: string): string {
    const finder = this.#patterns.secrets;
    if (finder === undefined) return text;
    return text.replaceAll(finder.pattern, (match) => {
      const secret = finder.secretOf(match);
      return this.#placeholder(secret, this.#secrets.found.get(secret) ?? "Secret");
    });
  }

  #placeholder(value: string, name: string): string {
    const known = this.#placeholders.get(value);
    if (known !== undefined) return known;
    // A map's key may be a secret, or have one in it.
    const isWord = /^[\w-]{1,40}$/.test(name) && name.search(this.#patterns.secrets?.pattern ?? /^$/) < 0;
    const kind = isWord ? name.replaceAll("_", "") : "Value";
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const placeholder = `<${kind}:${count}>`;
    this.#placeholders.set(value, placeholder);
    return placeholder;
  }
}

function anyOf(names: readonly string[]): RegExp | undefined {
  if (names.length === 0) return undefined;
  const longestFirst = names.toSorted((one, other) => other.length - one.length).map(escaped);
  // Every fork of a world has a port of its own.
  const each = longestFirst.map((name) => name.replace(/^(\w+:\/\/[^/]+)/, "$1(?::\\d+)?"));
  return new RegExp(`(?<![A-Za-z0-9])(?:${each.join("|")})(?![A-Za-z0-9])`, "g");
}

function withoutPort(address: string): string {
  return address.replace(/^(\w+:\/\/[^/:]+):\d+/, "$1");
}

/** Changes a text but for the placeholders that it has. */
function outside(text: string, change: (part: string) => string): string {
  return text
    .split(/(<[A-Za-z0-9-]+(?::\d+)?>)/)
    .map((part, at) => (at % 2 === 1 ? part : change(part)))
    .join("");
}

function isTime(value: number): boolean {
  const seconds = value > EPOCH.to ? value / 1000 : value;
  return seconds >= EPOCH.from && seconds <= EPOCH.to;
}
