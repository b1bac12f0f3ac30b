// Brings a readable copy of an archived object back for some days.

import type { RestoreObjectInput, RestoreObjectOutput } from "../../../../models/s3.d.ts";
import { notEmulated } from "../../../../kernel/aws-error.ts";
import { STATUS, type ChosenStatus } from "../../../../protocols/protocol.ts";
import { announce } from "../../engine/announce.ts";
import { amend, objectAt } from "../../engine/versions.ts";
import { invalidObjectState, malformedXml } from "../../errors.ts";
import { findBucket } from "../../rules/find-bucket.ts";
import { dueAfter } from "../../rules/lifecycle.ts";
import type { EndRestore } from "../../workers/end-restore.ts";
import { operation } from "../../store.ts";

type Output = RestoreObjectOutput & ChosenStatus;

const ACCEPTED: Output = { [STATUS]: 202 };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html: here the copy is there at once; restoring again only lets it live on. */
export const restoreObject = operation<RestoreObjectInput, Output>((input, context) => {
  const found = findBucket(input, context);
  const object = objectAt(found, input, "POST");
  const request = input.RestoreRequest;
  if (request?.Type === "SELECT" || request?.SelectParameters !== undefined)
    throw notEmulated("restores that select (RestoreRequest.Type)");
  if (object.storageClass !== "GLACIER" && object.storageClass !== "DEEP_ARCHIVE")
    throw invalidObjectState(object.storageClass);
  if (request?.Days === undefined || request.Days <= 0) throw malformedXml();
  const tier = request.Tier ?? request.GlacierJobParameters?.Tier ?? "Standard";
  const expires = dueAfter(context.clock.now(), request.Days);
  const ending: EndRestore = { bucket: found.bucket.name, key: object.key, versionId: object.versionId };
  context.scheduler.at(expires, "s3.endRestore", ending);
  const detail = { "source-storage-class": object.storageClass };
  const restored = amend(found, object, { restore: { expires, tier } });
  announce(context, found, restored, { event: "ObjectRestore:Post", detail });
  const done = { ...detail, "restore-expiry-time": new Date(expires).toISOString() };
  announce(context, found, restored, {
    event: "ObjectRestore:Completed",
    detail: done,
    restored: { expires, storageClass: object.storageClass },
  });
  return object.restore === undefined ? ACCEPTED : {};
});
