// What the busy process writes to a service, and how it finds it again.

import type { S3 } from "@aws-sdk/client-s3";

type Values = Readonly<Record<string, unknown>>;
export type Call = (service: string, operation: string, input: Values) => Promise<Values>;

export type Tools = {
  readonly call: Call;
  readonly s3: S3;
  readonly now: () => number;
  /** Nobody will read it again. */
  readonly isLast: boolean;
};

/** `write` resolves when the write of a name is acknowledged; `read` throws when it is not there. */
export type Kept = {
  prepare?(tools: Tools): Promise<unknown>;
  write(name: string, tools: Tools): Promise<unknown>;
  read(name: string, tools: Tools): Promise<unknown>;
};

export function expectSame(found: unknown, wanted: unknown): void {
  if (found !== wanted) throw new Error(`It is ${String(found).slice(0, 100)}.`);
}
