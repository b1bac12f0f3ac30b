// Custom::S3BucketNotifications: a bucket's notification configuration, whole or beside what others put there.

import { createHash } from "node:crypto";
import {
  flagAt,
  listAt,
  mapAt,
  textAt,
  unless,
  type CallApi,
  type CustomProperties,
  type CustomRequest,
  type NativeCustom,
} from "./native-custom.ts";

const KINDS = ["TopicConfigurations", "QueueConfigurations", "LambdaFunctionConfigurations"] as const;

export const bucketNotifications: NativeCustom = async (request, call) => {
  const { properties } = request;
  const bucket = textAt(properties, "BucketName");
  const physicalId = request.physicalId ?? request.uniqueId();
  const put = async (): Promise<void> => {
    const configuration = flagAt(properties, "Managed", true) ? managed(request) : await merged(request, bucket, call);
    await call("s3", "PutBucketNotificationConfiguration", {
      Bucket: bucket,
      NotificationConfiguration: configuration,
      ...(flagAt(properties, "SkipDestinationValidation", false) ? { SkipDestinationValidation: true } : {}),
    });
  };
  if (request.type === "Delete") await unless(/^NoSuchBucket$/, put);
  else await put();
  return { physicalId, data: {} };
};

function managed(request: CustomRequest): CustomProperties {
  return request.type === "Delete" ? {} : withoutEmpty(mapAt(request.properties, "NotificationConfiguration"));
}

/** Others' entries stay; ours are known by an id that begins with the stack's. */
async function merged(request: CustomRequest, bucket: string, call: CallApi): Promise<CustomProperties> {
  const present = await call("s3", "GetBucketNotificationConfiguration", { Bucket: bucket });
  const wanted = request.type === "Delete" ? {} : mapAt(request.properties, "NotificationConfiguration");
  const out: Record<string, unknown> = {};
  for (const kind of KINDS) {
    const others = (listAt(present, kind) as readonly CustomProperties[]).filter(
      (entry) => !textAt(entry, "Id").startsWith(`${request.stackId}-`),
    );
    const own = (listAt(wanted, kind) as readonly CustomProperties[]).map((entry) => ({
      ...entry,
      Id: `${request.stackId}-${createHash("md5").update(JSON.stringify(entry)).digest("hex")}`,
    }));
    if (others.length + own.length > 0) out[kind] = [...others, ...own];
  }
  const bridge = wanted["EventBridgeConfiguration"] ?? present["EventBridgeConfiguration"];
  return bridge === undefined ? out : { ...out, EventBridgeConfiguration: {} };
}

function withoutEmpty(configuration: CustomProperties): CustomProperties {
  return Object.fromEntries(
    Object.entries(configuration).filter(([, value]) => !Array.isArray(value) || value.length > 0),
  );
}
