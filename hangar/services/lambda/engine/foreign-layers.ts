// Layer versions of accounts that are not here, AWS's own among them: from archives that the user has put into a folder.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AwsError } from "../../../kernel/aws-error.ts";
import { layerAway, layerBroken } from "../errors.ts";
import { isAway, layerArn, layerKey, layerUses, parseLayer, type LayerReference } from "../rules/layers.ts";
import { forEverybody } from "../rules/policy.ts";
import type { CodeRow, LambdaContext, LayerUse } from "../store.ts";
import { takeArchive } from "./code-archive.ts";

/** `HANGAR_LAMBDA_LAYERS` names another folder than `.hangar/layers` of the directory Hangar runs in. */
function folder(): string {
  return resolve(process.env["HANGAR_LAMBDA_LAYERS"] ?? join(".hangar", "layers"));
}

/** What a function is to have; throws AWS's words, or says how to bring a layer here. */
export async function layersOf(context: LambdaContext, arns: readonly string[]): Promise<LayerUse[]> {
  for (const arn of arns) await bringLayer(context, parseLayer(arn, context));
  return layerUses(context, arns);
}

/** Publishes the version for everybody, as AWS's are, when a function first asks for it. */
async function bringLayer(context: LambdaContext, reference: LayerReference): Promise<void> {
  const { name, version } = reference;
  if (version === undefined || !isAway(context, reference)) return;
  const store = context.storeAt(reference.account, reference.region);
  if (store.layers.has(layerKey(name, version))) return;
  const arn = `${layerArn(reference, name)}:${version}`;
  const code = await archiveFor(context, arn, reference);
  store.layers.put(layerKey(name, version), {
    name,
    version,
    description: "",
    createdAt: context.clock.now(),
    runtimes: undefined,
    architectures: undefined,
    license: undefined,
    code,
  });
  store.policies.put(arn, { revisionId: context.ids.uuid(), statements: [forEverybody(arn)] });
}

async function archiveFor(context: LambdaContext, arn: string, { name, version }: LayerReference): Promise<CodeRow> {
  for (const file of [`${name}-${version ?? ""}.zip`, `${name}.zip`]) {
    const path = join(folder(), file);
    // What is there and cannot be read is not to be told as missing.
    if (!existsSync(path)) continue;
    const ZipFile = await readFile(path);
    try {
      return await takeArchive(context, { ZipFile });
    } catch (error) {
      throw error instanceof AwsError ? layerBroken(path, error) : error;
    }
  }
  throw layerAway(arn, join(folder(), `${name}-${version ?? ""}.zip`), name);
}
