// What an assembly deploys, as one hash: the same sources have it on every machine and in every checkout.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { readAssembly, type AssetManifest, type StackArtifact } from "../targets/assembly.ts";

/** Of templates, parameters, tags, roles and the contents of assets; not of metadata, folders, times or what the CDK CLI leaves beside them. */
export function assemblyHash(assembly: string): string {
  const stacks = readAssembly(assembly).map((stack) => JSON.stringify(deployedParts(stack)));
  return createHash("sha256")
    .update(JSON.stringify(["hangar assembly 1", ...stacks.toSorted()]))
    .digest("hex");
}

function deployedParts(stack: StackArtifact): unknown {
  const { path, stackName, account, region, parameters, tags, terminationProtection, roles, after } = stack;
  return sorted({
    stack: { path, stackName, account, region, parameters, tags, terminationProtection, roles, after },
    template: templateOf(stack.templatePath),
    assets: stack.manifests.flatMap((manifest) => assetsOf(manifest, stack.templatePath)),
  });
}

/** As CloudFormation reads it: the order of keys is the file's own. `aws:asset:*` says where files lay when the app ran. */
function templateOf(path: string): string {
  const template = JSON.parse(readFileSync(path, "utf8")) as { readonly Resources?: Readonly<Record<string, object>> };
  for (const resource of Object.values(template.Resources ?? {})) {
    const { Metadata } = resource as { readonly Metadata?: Record<string, unknown> };
    for (const name of Object.keys(Metadata ?? {})) if (name.startsWith("aws:asset:")) delete Metadata?.[name];
  }
  return JSON.stringify(template);
}

/** The stack's own template is among its files, and is known already. */
function assetsOf(manifest: string, templatePath: string): readonly unknown[] {
  const { files = {}, dockerImages = {} } = JSON.parse(readFileSync(manifest, "utf8")) as AssetManifest;
  const folder = dirname(manifest);
  const from = ({ source, destinations }: Asset): readonly unknown[] => {
    const { path, directory, ...more } = source;
    const place = path ?? directory;
    if (place !== undefined && join(folder, place) === templatePath) return [];
    return [{ source: more, destinations, content: place === undefined ? undefined : contentOf(join(folder, place)) }];
  };
  return [...Object.values(files), ...Object.values(dockerImages)].flatMap(from);
}

type Asset = {
  readonly source: { readonly path?: string; readonly directory?: string };
  readonly destinations: unknown;
};

/** Path, whether it may be run, and content of each file: git knows no more of it, and no empty folders. */
function contentOf(path: string, name = ""): readonly unknown[] {
  const facts = statSync(path);
  if (facts.isDirectory())
    return readdirSync(path)
      .toSorted()
      .flatMap((each) => contentOf(join(path, each), `${name}/${each}`));
  return [[name, (facts.mode & 0o100) !== 0, createHash("sha256").update(readFileSync(path)).digest("hex")]];
}

/** Objects with their keys in one order. */
function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
