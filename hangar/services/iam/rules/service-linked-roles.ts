// What each AWS service's own role is called and may do, as recorded from AWS.

import { readFileSync } from "node:fs";

export type ServiceLinkedRole = {
  readonly name: string;
  readonly policies: readonly string[];
  readonly suffix: boolean;
  readonly description: string | undefined;
};

type Row = readonly [name: string, policies: readonly string[], suffix: boolean, description?: string];

let rows: Readonly<Record<string, Row>> | undefined;

export function serviceLinkedRole(service: string): ServiceLinkedRole | undefined {
  rows ??= JSON.parse(readFileSync(new URL("./service-linked-roles.json", import.meta.url), "utf8")) as Readonly<
    Record<string, Row>
  >;
  const row = rows[service];
  if (row === undefined) return undefined;
  const [name, policies, suffix, description] = row;
  return { name, policies: policies.map((path) => `arn:aws:iam::aws:policy${path}`), suffix, description };
}
