// Names below localhost lead to this machine, as RFC 6761 has it, also where the host's resolver does not know them.

import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";

const LOCAL = /\.localhost(\.localstack\.cloud)?$|^localhost\.localstack\.cloud$/i;
const ADDRESS = { address: "127.0.0.1", family: 4 };

type Found = (error: Error | null, address: string | readonly (typeof ADDRESS)[], family?: number) => void;
type Options = { readonly all?: boolean } | number;

/** For every client of this process that lets Node find the address: fetch, node:http, the AWS SDK. */
export function resolveLocalhostNames(): void {
  if (resolves) return;
  resolves = true;
  const found = dns.lookup as (host: string, options: Options, done: Found) => void;
  const lookup = (host: string, options: Options | Found, done?: Found): void => {
    const then = done ?? (options as Found);
    const asked = done === undefined ? {} : (options as Options);
    if (!LOCAL.test(host)) return found(host, asked, then);
    if (typeof asked === "object" && asked.all === true) process.nextTick(then, null, [ADDRESS]);
    else process.nextTick(then, null, ADDRESS.address, ADDRESS.family);
  };
  dns.lookup = Object.assign(lookup, { __promisify__: dns.lookup.__promisify__ }) as typeof dns.lookup;
  syncBuiltinESMExports();
}

let resolves = false;
