// Stacks that wait for none of the others are shown together.

import { expect, test } from "vitest";
import type { StackArtifact } from "../targets/assembly.ts";
import { waves } from "./waves.ts";

const CASES: readonly (readonly [Readonly<Record<string, readonly string[]>>, readonly (readonly string[])[]])[] = [
  [{}, []],
  [{ One: [], Two: [] }, [["One", "Two"]]],
  [{ Data: [], Web: ["Data"], Jobs: ["Data"], Site: ["Web"] }, [["Data"], ["Web", "Jobs"], ["Site"]]],
  [{ Web: ["Left out"] }, [["Web"]]],
  [{ One: ["Two"], Two: ["One"] }, [["One"], ["Two"]]],
];

test.for(CASES)("%j", ([stacks, wanted]) => {
  const artifacts = Object.entries(stacks).map(([id, after]) => ({ id, after }) as StackArtifact);
  expect(waves(artifacts).map((wave) => wave.map(({ id }) => id))).toEqual(wanted);
});
