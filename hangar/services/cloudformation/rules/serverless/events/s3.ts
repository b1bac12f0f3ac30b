// Notifications of a bucket of the same template: S3.

import { eventProblem, resourceProblem } from "../problems.ts";
import { deepCopy, put, type Fields } from "../python-order.ts";
import { readResource, tagList, type Resource } from "../resource.ts";
import { expectList, expectMap } from "../shape.ts";
import { at, conditional, fieldsAt, ref, sameValue, textOf } from "../values.ts";
import { permission, type Event, type EventKind, type Target } from "./event.ts";

const BUCKET = Object.fromEntries(
  "AccessControl AccelerateConfiguration AnalyticsConfigurations BucketEncryption BucketName CorsConfiguration IntelligentTieringConfigurations InventoryConfigurations LifecycleConfiguration LoggingConfiguration MetricsConfigurations NotificationConfiguration ObjectLockConfiguration ObjectLockEnabled OwnershipControls PublicAccessBlockConfiguration ReplicationConfiguration Tags VersioningConfiguration WebsiteConfiguration"
    .split(" ")
    .map((name) => [name, "any"]),
);

export const s3: EventKind = {
  shape: { Bucket: "string!", Events: "=string|list<string>!", Filter: "map<string>" },
  link({ name, properties }, resources) {
    const reference = at(properties["Bucket"], "Ref");
    const bucket = textOf(reference);
    if (reference !== undefined && bucket === undefined)
      throw eventProblem(name, "'Ref' value in S3 events is not a valid string.");
    const found = bucket === undefined ? undefined : fieldsAt(resources, bucket);
    if (bucket === undefined || found === undefined)
      throw eventProblem(name, "S3 events must reference an S3 bucket in the same template.");
    return { id: bucket, resource: found };
  },
  expand(event, target, link) {
    const { id = "", resource: bucket = {} } = link ?? {};
    const allowed = permission(event, target, {
      principal: "s3.amazonaws.com",
      sourceAccount: ref("AWS::AccountId"),
    });
    const condition = textOf(at(allowed.attributes, "Condition"));
    if (condition === undefined) dependOn(event, bucket, allowed);
    else dependByTag(id, bucket, { allowed, condition });
    notify(event, target, { id, bucket });
    return [allowed, readResource(id, bucket, "AWS::S3::Bucket", BUCKET)];
  },
};

function dependOn(event: Event, bucket: Fields, allowed: Resource): void {
  const given = at(bucket, "DependsOn") ?? [];
  const names = Array.isArray(given) ? (given as unknown[]) : textOf(given) === undefined ? undefined : [given];
  if (names === undefined)
    throw resourceProblem(event.id, "Invalid type for field 'DependsOn'. Expected a string or list of strings.");
  put(bucket, "DependsOn", [...new Set([...names.map(textOf), allowed.logicalId])]);
}

/** DependsOn cannot be conditional; a tag that names the permission can. */
function dependByTag(
  id: string,
  bucket: Fields,
  { allowed, condition }: { readonly allowed: Resource; readonly condition: string },
): void {
  if ((at(bucket, "Properties") ?? undefined) === undefined) put(bucket, "Properties", {});
  const properties = fieldsAt(bucket, "Properties") ?? {};
  const tags = expectList(at(properties, "Tags") ?? [], { resource: id }, "Tags");
  const tag = {
    [`sam:ConditionalDependsOn:${allowed.logicalId}`]: conditional(condition, allowed.ref(), "no dependency"),
  };
  put(properties, "Tags", [...tags, ...tagList(tag)]);
}

function notify(
  { properties }: Event,
  { resource }: Target,
  { id, bucket }: { readonly id: string; readonly bucket: Fields },
): void {
  const owner = { resource: id };
  const condition = textOf(at(resource.attributes, "Condition"));
  const filter = at(properties, "Filter") ?? undefined;
  const given = properties["Events"];
  const mappings = (Array.isArray(given) ? (given as unknown[]) : [given]).map((name) => {
    const mapping = deepCopy({
      Function: resource.arn(),
      ...(filter === undefined ? {} : { Filter: filter }),
      Event: name,
    });
    return condition === undefined ? mapping : conditional(condition, mapping);
  });
  const settings = expectMap(at(bucket, "Properties") ?? {}, owner, "", "Properties should be a map.");
  put(bucket, "Properties", settings);
  if ((at(settings, "NotificationConfiguration") ?? undefined) === undefined)
    put(settings, "NotificationConfiguration", {});
  const notification = expectMap(settings["NotificationConfiguration"], owner, "NotificationConfiguration");
  const known = at(notification, "LambdaConfigurations") ?? [];
  if (!Array.isArray(known)) throw resourceProblem(id, "Invalid type for LambdaConfigurations. Must be a list.");
  for (const mapping of mappings) if (!known.some((each) => sameValue(each, mapping))) known.push(mapping);
  put(notification, "LambdaConfigurations", known);
}
