// What goes to an integration and what comes back from it.

import type { HeaderEntry } from "./invocation.ts";

export type IntegrationRequest = {
  /** By lower-case name. */
  readonly headers: Map<string, HeaderEntry>;
  readonly query: Map<string, readonly string[]>;
  /** For the variables in the integration's URI. */
  readonly path: Map<string, string>;
  readonly body: Buffer;
};

export type IntegrationAnswer = {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
  /** What selection patterns are matched with: a function's error message, otherwise the status. */
  readonly selector: string;
};

export function withStageVariables(text: string, variables: Readonly<Record<string, string>> = {}): string {
  return text.replace(/\$\{stageVariables\.([^}]+)\}/g, (_all, name: string) => variables[name] ?? "");
}
