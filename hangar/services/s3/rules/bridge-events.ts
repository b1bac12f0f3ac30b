// S3's events as EventBridge has them.

import type { Bucket } from "../store.ts";
import type { Happening } from "./notifications.ts";

const TYPES: readonly (readonly [prefix: string, type: string])[] = [
  ["ObjectCreated:", "Object Created"],
  ["ObjectRemoved:", "Object Deleted"],
  ["LifecycleExpiration:", "Object Deleted"],
  ["ObjectRestore:Post", "Object Restore Initiated"],
  ["ObjectRestore:Completed", "Object Restore Completed"],
  ["ObjectRestore:Delete", "Object Restore Expired"],
  ["ObjectTagging:Put", "Object Tags Added"],
  ["ObjectTagging:Delete", "Object Tags Deleted"],
  ["ObjectAcl:Put", "Object ACL Updated"],
  ["LifecycleTransition", "Object Storage Class Changed"],
];

/** The source address and requester are of the request; what S3 does later has no address. */
export function bridgeEntry(bucket: Bucket, happening: Happening): Readonly<Record<string, unknown>> | undefined {
  const type = TYPES.find(([prefix]) => happening.event.startsWith(prefix))?.[1];
  if (type === undefined) return undefined;
  const { key, size, etag, versionId, sequencer, reason, restored } = happening;
  const isRestore = happening.event.startsWith("ObjectRestore:");
  const detail = {
    version: "0",
    bucket: { name: bucket.name },
    object: {
      key,
      ...(size === undefined ? {} : { size }),
      ...(etag === undefined ? {} : { etag }),
      ...(versionId === undefined ? {} : { "version-id": versionId }),
      ...(sequencer === undefined || isRestore ? {} : { sequencer }),
    },
    "request-id": happening.requestId,
    requester: restored === undefined ? happening.requester : "s3.amazonaws.com",
    ...(restored === undefined ? { "source-ip-address": happening.sourceIp } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...happening.detail,
  };
  return {
    Source: "aws.s3",
    DetailType: type,
    Detail: JSON.stringify(detail),
    Resources: [`arn:aws:s3:::${bucket.name}`],
    Time: new Date(happening.time),
  };
}
