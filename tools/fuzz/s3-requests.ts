// Random S3 requests: every method, addressing, sub-resource and header, with values that hurt.

import { createHash } from "node:crypto";
import { Chance } from "./chance.ts";
import { DOCUMENTS } from "./s3-documents.ts";
import { BUCKETS, ELEMENTS, HEADERS, KEYS, PARAMETERS, ROOTS, SUBRESOURCES, TEXTS, VALUES } from "./s3-words.ts";

export type FuzzRequest = {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
};

/** The same requests each time for a seed. */
export class Requests {
  readonly #chance: Chance;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
  }

  signed(): Readonly<Record<string, string>> {
    return SIGNED;
  }

  next(): FuzzRequest {
    return this.#chance.under(0.25) ? this.#written() : this.#random();
  }

  /** A document of the right form where it belongs, with texts that may not. */
  #written(): FuzzRequest {
    const chance = this.#chance;
    const [query, document] = chance.of(DOCUMENTS);
    const isPosted = query === "delete" || query === "restore" || query.startsWith("uploadId");
    const ofKey = /restore|legal-hold|retention|uploadId/.test(query) || (query !== "delete" && chance.under(0.2));
    const body = Buffer.from(document.replaceAll("$", () => chance.of(TEXTS)));
    return {
      method: isPosted ? "POST" : "PUT",
      host: "127.0.0.1",
      path: `/${chance.of(["fuzz-a", "fuzz-b"])}${ofKey ? "/a" : ""}`,
      query,
      headers: {
        host: "127.0.0.1:4566",
        "content-md5": createHash("md5").update(body).digest("base64"),
        ...SIGNED,
      },
      body,
    };
  }

  #random(): FuzzRequest {
    const chance = this.#chance;
    const bucket = chance.of(BUCKETS);
    const key = chance.under(0.6) ? `/${chance.under(0.3) ? chance.of(["a", "b/c"]) : chance.of(KEYS)}` : "";
    const hosted = chance.under(0.15);
    const query = [
      ...(chance.under(0.5) ? [chance.of(SUBRESOURCES)] : []),
      ...chance.some(2, () => `${chance.of(PARAMETERS)}=${this.#parameter()}`),
    ];
    const headers: Record<string, string> = {
      host: hosted ? `${bucket}.s3.localhost:4566` : "127.0.0.1:4566",
      ...(chance.under(0.85) ? SIGNED : {}),
    };
    for (const [name, value] of chance.some(3, () => [chance.of(HEADERS), chance.of(VALUES)] as const))
      headers[name] = value;
    return {
      method: chance.of(["GET", "PUT", "POST", "DELETE", "HEAD", "GET", "PUT", "OPTIONS", "PATCH"]),
      host: hosted ? `${bucket}.s3.localhost` : "127.0.0.1",
      path: hosted ? key || "/" : `/${bucket}${key}`,
      query: query.join("&"),
      headers,
      body: this.#body(),
    };
  }

  #parameter(): string {
    const value = this.#chance.of(VALUES);
    return this.#chance.under(0.2) ? value : encodeURIComponent(value);
  }

  #body(): Uint8Array {
    const chance = this.#chance;
    if (chance.under(0.35)) return new Uint8Array(0);
    if (chance.under(0.2)) return Uint8Array.from(chance.some(40, () => chance.below(256)));
    if (chance.under(0.15)) return Buffer.from(chance.of(POLICIES));
    const root = chance.of(ROOTS);
    const xml = `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${this.#elements(0)}</${root}>`;
    // Cut off, now and then.
    return Buffer.from(chance.under(0.1) ? xml.slice(0, chance.below(xml.length)) : xml);
  }

  #elements(depth: number): string {
    const chance = this.#chance;
    return chance
      .some(3, () => {
        const name = chance.of(ELEMENTS);
        const inner = depth < 4 && chance.under(0.6) ? this.#elements(depth + 1) : chance.of(TEXTS);
        return `<${name}>${inner}</${name}>`;
      })
      .join("");
  }
}

const SIGNED = {
  "x-amz-date": "20261121T000000Z",
  "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
  authorization: "AWS4-HMAC-SHA256 Credential=any/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0",
};

const POLICIES = [
  "{}",
  "[]",
  "null",
  '{"Version":"2012-10-17","Statement":[]}',
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"}]}',
  '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Principal":{"AWS":5},"Action":{},"Resource":null}}',
  '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><Tagging>&b;</Tagging>',
  `${"<a>".repeat(20_000)}`,
  '--b\r\nContent-Disposition: form-data; name="key"\r\n\r\n../x\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nx\r\n--b--\r\n',
] as const;
