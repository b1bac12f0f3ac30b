// Layers of a function: found by ARN, at most five, one version of each.

import type { LayerVersionsListItem } from "../../../models/lambda.d.ts";
import { invalidParameter, notFound } from "../errors.ts";
import type { LambdaContext, LambdaStore, LayerRow, LayerUse } from "../store.ts";
import { awsTimestamp } from "./configuration.ts";
import type { Place } from "./function-name.ts";

const MAX_LAYERS = 5;
const LAYER_ARN = /^arn:aws[a-z-]*:lambda:([^:]+):(\d{12}):layer:([a-zA-Z0-9-_]+)(?::(\d+))?$/;

export function layerArn(place: Place, name: string): string {
  return `arn:aws:lambda:${place.region}:${place.account}:layer:${name}`;
}

export function layerKey(name: string, version: number): string {
  return `${name}:${String(version).padStart(10, "0")}`;
}

export type LayerReference = {
  readonly region: string;
  readonly account: string;
  readonly name: string;
  readonly version: number | undefined;
};

/** A name or an ARN, with or without a version. */
export function parseLayer(text: string, place: Place): LayerReference {
  const match = LAYER_ARN.exec(text);
  if (match === null) return { ...place, name: text, version: undefined };
  const [, region = place.region, account = place.account, name = text, version] = match;
  return { region, account, name, version: version === undefined ? undefined : Number(version) };
}

/**
 * Another account that has never published the layer here: one on the real AWS, most often AWS's own. Layers of accounts
 * that are here are not found, or not permitted, in AWS's words.
 */
export function isAway(context: LambdaContext, { account, region, name }: LayerReference): boolean {
  return account !== context.account && !context.storeAt(account, region).layerNumbers.has(name);
}

export function layerUses(context: LambdaContext, arns: readonly string[]): LayerUse[] {
  if (arns.length > MAX_LAYERS) throw invalidParameter("Cannot reference more than 5 layers.");
  const seen = new Map<string, string>();
  return arns.map((arn) => {
    const reference = parseLayer(arn, context);
    if (reference.region !== context.region)
      throw invalidParameter(
        `Layers are not in the same region as the function. Layers are expected to be in region ${context.region}.`,
      );
    const layer = layerArn(reference, reference.name);
    const other = seen.get(layer);
    if (other !== undefined)
      throw invalidParameter(
        `Two different versions of the same layer are not allowed to be referenced in the same function. ${other} and ${arn} are versions of the same layer.`,
      );
    seen.set(layer, arn);
    const row = context
      .storeAt(reference.account, reference.region)
      .layers.get(layerKey(reference.name, reference.version ?? 0));
    if (row === undefined) throw invalidParameter(`Layer version ${arn} does not exist.`);
    return { arn, size: row.code.size, hash: row.code.hash };
  });
}

/** A version by number; throws AWS's words when it is not there. */
export function layerVersion(
  context: LambdaContext,
  layer: string,
  version: number,
): { readonly row: LayerRow; readonly arn: string; readonly store: LambdaStore } {
  if (version < 1) throw invalidParameter("Layer Version Cannot be less than 1");
  const reference = parseLayer(layer, context);
  const store = context.storeAt(reference.account, context.region);
  const arn = `${layerArn(reference, reference.name)}:${version}`;
  const row = store.layers.get(layerKey(reference.name, version));
  if (row === undefined) throw notFound(`Layer version ${arn} does not exist.`);
  return { row, arn, store };
}

export function layerItem(row: LayerRow, place: Place): LayerVersionsListItem {
  return {
    LayerVersionArn: `${layerArn(place, row.name)}:${row.version}`,
    Version: row.version,
    Description: row.description,
    CreatedDate: awsTimestamp(row.createdAt),
    ...(row.runtimes === undefined ? {} : { CompatibleRuntimes: row.runtimes }),
    ...(row.architectures === undefined ? {} : { CompatibleArchitectures: row.architectures }),
    ...(row.license === undefined ? {} : { LicenseInfo: row.license }),
  };
}
