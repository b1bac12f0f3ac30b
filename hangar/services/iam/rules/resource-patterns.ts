// Groups the resources that were used into as few patterns as say the same: never outside the folder, group or flow they lie in, never more than was granted.

import { matcher, type Lookup } from "./pattern.ts";

/** Resources whose last part the data names, not the template: only these are grouped. */
const NAMED_BY_DATA: readonly RegExp[] = [
  // Objects, by folder.
  /^arn:[^:]*:s3:::[^/]+\/(?:[^/]+\/)*/,
  /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:[^:]+:log-stream:/,
  /^arn:[^:]*:states:[^:]*:[^:]*:(?:execution|express):[^:]+:/,
  /^arn:[^:]*:ecs:[^:]*:[^:]*:task\/[^/]+\//,
  /^arn:[^:]*:scheduler:[^:]*:[^:]*:schedule\/[^/]+\//,
  /^arn:[^:]*:execute-api:.*\/@connections\//,
];
/** What is never left: the bucket, the log group, the state machine … */
const CONTAINER = /^arn:[^:]*:s3:::[^/]+\//;

const NO_LOOKUP: Lookup = { values: () => undefined };

/** `used` are resources of one action, `granted` the patterns that allowed them. One object of a whole bucket stays as it is: nothing says what its folder is. */
export function resourcePatterns(used: readonly string[], granted: readonly string[]): string[] {
  const groups = new Map<string, { readonly grant: string; readonly resources: Set<string> }>();
  for (const resource of used) {
    const grant = narrowest(resource, granted);
    if (grant === undefined) continue;
    const key = `${containerOf(resource) ?? resource}\n${grant}`;
    const group = groups.get(key) ?? { grant, resources: new Set() };
    group.resources.add(resource);
    groups.set(key, group);
  }
  const patterns = [...groups.values()].flatMap(({ grant, resources }) => grouped([...resources], grant));
  return withoutCovered([...new Set(patterns)]).toSorted();
}

function grouped(resources: readonly string[], grant: string): string[] {
  // A policy variable holds for callers that the suite did not have.
  if (grant.includes("${")) return [grant];
  const folder = commonFolder(resources);
  const container = containerOf(resources[0] ?? "");
  if (folder !== undefined && container !== undefined) {
    const several = resources.length > 1;
    // The next run gives another name. Where the data makes folders too, only the grant says which of them are meant.
    if ((several || !CONTAINER.test(container)) && covers(grant, `${folder}*`)) return [`${escaped(folder)}*`];
    if (!several && grant === `${container}*`) return resources.map(escaped);
    if (grant.startsWith(container)) return [grant];
  }
  return resources.map(escaped);
}

/** True of one resource named exactly though data names such resources: other runs will name others. */
export function isSingle(pattern: string): boolean {
  return !pattern.endsWith("*") && folderOf(pattern) !== undefined;
}

/** The longest folder that all of them lie in, told by whole parts of the name. */
function commonFolder(resources: readonly string[]): string | undefined {
  const folders = resources.map(folderOf);
  let [common] = folders;
  for (const folder of folders) {
    if (common === undefined || folder === undefined) return undefined;
    while (!folder.startsWith(common)) common = common.slice(0, common.lastIndexOf("/", common.length - 2) + 1);
  }
  return common;
}

function folderOf(resource: string): string | undefined {
  for (const family of NAMED_BY_DATA) {
    const found = family.exec(resource)?.[0];
    if (found !== undefined && found.length < resource.length) return found;
  }
  return undefined;
}

function containerOf(resource: string): string | undefined {
  const folder = folderOf(resource);
  return folder === undefined ? undefined : (CONTAINER.exec(folder)?.[0] ?? folder);
}

function narrowest(resource: string, granted: readonly string[]): string | undefined {
  return granted
    .filter((pattern) => matchesPattern(pattern, resource))
    .toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))[0];
}

/** A variable may have had any value. */
export function matchesPattern(pattern: string, resource: string): boolean {
  return matcher(pattern.replaceAll(/\$\{[^}]*\}/g, "*"), { arn: true })(resource, NO_LOOKUP);
}

/** Everything that `inner` matches is matched by `outer`: each star of the one lies within a star of the other. */
function covers(outer: string, inner: string): boolean {
  return outer === inner || (!outer.includes("?") && !outer.includes("${") && matchesPattern(outer, inner));
}

/** Those that no other one of them says already. */
export function withoutCovered(patterns: readonly string[]): string[] {
  return patterns.filter((pattern) => !patterns.some((other) => other !== pattern && covers(other, pattern)));
}

/** A star in the name of an object is no wildcard. */
function escaped(resource: string): string {
  return resource === "*" ? "*" : resource.replaceAll(/[*?]|\$(?=\{)/g, (char) => `\${${char}}`);
}
