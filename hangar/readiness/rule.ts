// A rule of `hangar check`: a pure function from what was read to what is wrong with it.

import type { Finding, Level } from "./finding.ts";
import type { ReadStack } from "./read-stack.ts";
import type { SuiteUsage } from "./usage.ts";

/** All that a rule may look at. */
export type Situation = {
  /** Of the assembly, in the order they deploy, nested ones after their parents. */
  readonly stacks: readonly ReadStack[];
  /** What stands on AWS already, by stack name; empty when nothing was given to compare with. */
  readonly deployed: ReadonlyMap<string, ReadStack>;
  /** What the last suite used; undefined where none has run on this assembly. */
  readonly usage?: SuiteUsage | undefined;
  /** What it never used is a note, if nothing else is said. */
  readonly unused?: Level | "off" | undefined;
  /** Milliseconds since 1970: dates are judged against it. */
  readonly now: number;
};

export type Rule = {
  /** As findings, allowances and SARIF name it. */
  readonly name: string;
  /** One sentence: what it finds. */
  readonly says: string;
  find(situation: Situation): readonly Finding[];
};
