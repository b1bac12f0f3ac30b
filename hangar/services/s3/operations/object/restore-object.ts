// Brings a readable copy of an archived object back for some days, after its tier's time.

import type { RestoreObjectInput, RestoreObjectOutput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { STATUS, type ChosenStatus } from "../../../../protocols/protocol.ts";
import { announce } from "../../engine/announce.ts";
import { amend, objectAt } from "../../engine/versions.ts";
import { malformedXml, notRestorable, restoreAlreadyInProgress } from "../../errors.ts";
import { findBucket, type Found } from "../../rules/find-bucket.ts";
import { dueAfter } from "../../rules/lifecycle.ts";
import { isArchived, isTier, retrievalTime, type Tier } from "../../rules/restores.ts";
import { operation, type Context, type StoredObject } from "../../store.ts";
import type { Restoring } from "../../workers/end-restore.ts";

type Output = RestoreObjectOutput & ChosenStatus;

const ACCEPTED: Output = { [STATUS]: 202 };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html: of what is restored it only moves the end, of what is being restored it may only hasten it. */
export const restoreObject = operation<RestoreObjectInput, Output>((input, context) => {
  const found = findBucket(input, context);
  const object = objectAt(found, input, "POST");
  const request = input.RestoreRequest;
  if (request?.Type === "SELECT" || request?.SelectParameters !== undefined || request?.OutputLocation !== undefined)
    throw notEmulated("restores that select (RestoreRequest.Type, SelectParameters, OutputLocation)");
  if (!isArchived(object.storageClass)) throw notRestorable();
  if (request?.Days === undefined || request.Days <= 0) throw malformedXml();
  const now = context.clock.now();
  const tier = request.Tier ?? request.GlacierJobParameters?.Tier ?? "Standard";
  if (!isTier(tier)) throw malformedXml();
  const time = retrievalTime(object.storageClass, tier);
  const { restore } = object;
  if (restore !== undefined && restore.ready === undefined) {
    keepUntil(context, found, object, { ...restore, expires: dueAfter(now, request.Days) });
    return {};
  }
  const isFaster = restore === undefined || time < retrievalTime(object.storageClass, restore.tier as Tier);
  if (!isFaster) throw restoreAlreadyInProgress();
  const ready = now + time;
  const restoring = keepUntil(context, found, object, { tier, ready, expires: dueAfter(ready, request.Days) });
  context.scheduler.at(ready, "s3.completeRestore", keyOf(found, object));
  const detail = { "source-storage-class": object.storageClass };
  if (restore === undefined) announce(context, found, restoring, { event: "ObjectRestore:Post", detail });
  return ACCEPTED;
});

function keepUntil(
  context: Context,
  found: Found,
  object: StoredObject,
  restore: NonNullable<StoredObject["restore"]>,
): StoredObject {
  context.scheduler.at(restore.expires, "s3.endRestore", keyOf(found, object));
  return amend(found, object, { restore });
}

function keyOf({ bucket }: Found, { key, versionId }: StoredObject): Restoring {
  return { bucket: bucket.name, key, versionId };
}
