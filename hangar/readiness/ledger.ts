// What Hangar covers of AWS, as its services and its fidelity room say: written by `npm run docs`.

import { readFileSync } from "node:fs";

export type OperationsLedger = {
  /** Of the service's IAM actions. */
  readonly prefix: string;
  /** Whose answers are compared with recordings from AWS. */
  readonly verified: readonly string[];
  readonly emulated: readonly string[];
};

export type TypeLedger = {
  readonly obeyed: readonly string[];
  /** Set in deployments that are compared with recordings from AWS; absent when none is. */
  readonly verified?: readonly string[];
  /** Property -> what has no effect. */
  readonly inert: Readonly<Record<string, string>>;
};

export type Ledger = {
  /** By our name of the service. */
  readonly operations: Readonly<Record<string, OperationsLedger>>;
  readonly types: Readonly<Record<string, TypeLedger>>;
};

let read: Ledger | undefined;

export function ledger(): Ledger {
  read ??= JSON.parse(readFileSync(new URL("./generated/ledger.json", import.meta.url), "utf8")) as Ledger;
  return read;
}
