// Resources as their app's source calls them: an ARN of the suite's deployment, which has random parts, told as the construct's path.

import type { ReadStack } from "./read-stack.ts";
import type { SuiteUsage } from "./usage.ts";

/** `Nebula/Storage/Uploads`; what stands behind an ARN in a policy (`/*`, `/index/byDay`) behind the path. Other texts as they are. */
export type NameOf = (arn: string) => string;

export function namesIn(stacks: readonly ReadStack[], usage: SuiteUsage): NameOf {
  const paths = new Map<string, string>();
  for (const { stack, resources } of usage.stacks) {
    const read = new Map(
      stacks.find(({ name }) => name === stack)?.resources.map((each) => [each.logicalId, each.path]),
    );
    for (const { logicalId, id, arns } of resources) {
      const path = read.get(logicalId);
      if (path === undefined) continue;
      if (id.startsWith("arn:")) paths.set(id, path);
      for (const arn of Object.values(arns)) paths.set(arn, path);
    }
  }
  return (arn) => {
    for (let end = arn.length; end > 0; end = Math.max(arn.lastIndexOf("/", end - 1), arn.lastIndexOf(":", end - 1))) {
      const path = paths.get(arn.slice(0, end));
      if (path !== undefined) return path + arn.slice(end);
    }
    return arn;
  };
}
