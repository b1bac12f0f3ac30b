// In which order stacks are shown and deployed: those that wait for none of the others together.

import type { StackArtifact } from "../targets/assembly.ts";

/** A stack's change set can only be made when those it builds on are deployed: until then their outputs are the old ones. */
export function waves(stacks: readonly StackArtifact[]): readonly (readonly StackArtifact[])[] {
  const done: StackArtifact[][] = [];
  let left = stacks;
  while (left.length > 0) {
    const waiting = new Set(left.map(({ id }) => id));
    const ready = left.filter(({ after }) => !after.some((id) => waiting.has(id)));
    // The CDK lets no cycle through; should there be one, the order of the assembly decides.
    const wave = ready.length > 0 ? ready : left.slice(0, 1);
    done.push([...wave]);
    left = left.filter((stack) => !wave.includes(stack));
  }
  return done;
}
