// Which replication configurations S3 refuses by their form.

import { parseArn } from "../../../kernel/arn.ts";
import type { Destination, ReplicationConfiguration, ReplicationRule, Tag } from "../../../models/s3.d.ts";
import { invalidArgument, invalidRequest, malformedXml } from "../errors.ts";
import { destinationOf, tagsOf } from "./replication.ts";

const CLASSES = new Set(
  "STANDARD REDUCED_REDUNDANCY STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER DEEP_ARCHIVE GLACIER_IR".split(" "),
);

/** Throws for what S3 refuses; rules without an id get one. */
export function checkReplication(
  { Role: role, Rules: rules }: ReplicationConfiguration,
  source: string,
  newId: () => string,
): ReplicationConfiguration {
  if (rules.length === 0 || rules.length > 1000) throw malformedXml();
  const isOld = rules.some((rule) => rule.Filter === undefined);
  const ids = new Set<string>();
  const priorities = new Set<number>();
  const checked = rules.map((rule) => {
    checkSelection(rule);
    checkSchema(rule, isOld);
    checkPriority(rule.Priority, priorities);
    checkMarkers(rule);
    checkCriteria(rule);
    checkDestination(rule, source);
    return { ...rule, ID: checkedId(rule.ID, ids, newId) };
  });
  if (isOld && new Set(checked.map(destinationOf)).size > 1)
    throw invalidRequest("Number of distinct destination bucket ARNs cannot exceed 1");
  return { Role: role, Rules: checked };
}

export function checkRole(role: string): void {
  const arn = parseArn(role);
  if (arn?.service !== "iam" || arn.region !== "" || !/^\d{12}$/.test(arn.account))
    throw invalidArgument("Invalid Role specified in replication configuration", "Role", role);
  if (!/^role\/./.test(arn.resource)) throw invalidArgument("The relative id should start with role", "Role", role);
}

function isStatus(status: string | undefined): boolean {
  return status === "Enabled" || status === "Disabled";
}

function checkedId(given: string | undefined, ids: Set<string>, newId: () => string): string {
  if (given !== undefined && given.length > 255)
    throw invalidArgument("Rule Id cannot be greater than 255", "ID", given);
  const id = given === undefined || given === "" ? newId() : given;
  if (ids.has(id)) throw invalidArgument("Rule Id must be unique", "ID", id);
  ids.add(id);
  return id;
}

/** Objects that were there before are the business of S3 Batch Replication. */
function checkSelection(rule: ReplicationRule): void {
  const { Filter: filter, Prefix: prefix } = rule;
  if (!isStatus(rule.Status) || rule.ExistingObjectReplication !== undefined) throw malformedXml();
  if ((filter === undefined) === (prefix === undefined)) throw malformedXml();
  const and = filter?.And;
  const given = [filter?.Prefix, filter?.Tag, and].filter((each) => each !== undefined);
  if (given.length > 1) throw malformedXml();
  if (and !== undefined && (and.Tags?.length ?? 0) + (and.Prefix === undefined ? 0 : 1) < 2) throw malformedXml();
  const keys = tagsOf(rule).map((tag: Tag) => tag.Key);
  if (new Set(keys).size < keys.length) throw invalidRequest("Duplicate Tag Keys are not allowed.");
}

function checkSchema(rule: ReplicationRule, isOld: boolean): void {
  for (const name of ["Priority", "DeleteMarkerReplication"] as const) {
    if ((rule[name] === undefined) === isOld) continue;
    const verb = isOld ? "cannot be used" : "must be specified";
    const rest =
      "of Cross Region Replication configuration schema. Please refer to S3 Developer Guide for more information.";
    throw invalidRequest(`${name} ${verb} for this version ${rest}`);
  }
}

function checkPriority(priority: number | undefined, taken: Set<number>): void {
  if (priority === undefined) return;
  if (priority < 0 || priority > 2147483647) throw invalidRequest("Priority must be between 0 and 2147483647.");
  if (taken.has(priority)) throw invalidRequest(`Found duplicate priority ${priority}.`);
  taken.add(priority);
}

function checkMarkers(rule: ReplicationRule): void {
  if (rule.DeleteMarkerReplication === undefined) return;
  const { Status: status } = rule.DeleteMarkerReplication;
  if (!isStatus(status)) throw malformedXml();
  if (status === "Disabled" || tagsOf(rule).length === 0) return;
  throw invalidRequest(
    "Delete marker replication is not supported if any Tag filter is specified. Please refer to S3 Developer Guide for more information.",
  );
}

function checkCriteria({ SourceSelectionCriteria: criteria, Destination: destination }: ReplicationRule): void {
  const { SseKmsEncryptedObjects: kms, ReplicaModifications: replicas } = criteria ?? {};
  if (criteria !== undefined && kms === undefined && replicas === undefined)
    throw invalidRequest("SourceSelectionCriteria cannot be empty.");
  for (const each of [kms, replicas]) if (each !== undefined && !isStatus(each.Status)) throw malformedXml();
  const { EncryptionConfiguration: encryption } = destination;
  if (encryption !== undefined && kms === undefined)
    throw invalidRequest("SseKmsEncryptedObjects must be specified if EncryptionConfiguration is present.");
  const key = encryption?.ReplicaKmsKeyID ?? "";
  if (kms !== undefined && key === "")
    throw invalidRequest("ReplicaKmsKeyID must be specified if SseKmsEncryptedObjects tag is present.");
  if (key !== "" && !/^arn:[\w-]+:kms:[a-z0-9-]+:\d{12}:(key|alias)\/./.test(key))
    throw invalidArgument("Invalid ReplicaKmsKeyID ARN.", "ReplicaKmsKeyID", key);
}

function checkDestination({ Destination: destination }: ReplicationRule, source: string): void {
  const { Bucket: bucket, StorageClass: storageClass, AccessControlTranslation: translation } = destination;
  const name = /^arn:aws:s3:::(.+)$/.exec(bucket)?.[1];
  if (name === undefined) throw invalidArgument("Invalid bucket ARN", "Bucket", bucket);
  if (name === source) throw invalidRequest("Destination bucket cannot be the same as the source bucket.");
  if (storageClass !== undefined && !CLASSES.has(storageClass)) throw malformedXml();
  if (translation !== undefined && translation.Owner !== "Destination") throw malformedXml();
  if (translation !== undefined && (destination.Account ?? "") === "")
    throw invalidRequest("Account must be specified if the Owner in AccessControlTranslation has a value");
  checkTime(destination);
}

/** Replication time control is fifteen minutes, and comes with metrics. */
function checkTime({ ReplicationTime: time, Metrics: metrics }: Destination): void {
  for (const each of [time, metrics]) if (each !== undefined && !isStatus(each.Status)) throw malformedXml();
  if (time !== undefined && metrics === undefined)
    throw invalidRequest("Replication destination must contain both ReplicationTime and Metrics or neither.");
  if (time !== undefined && time.Time.Minutes !== 15)
    throw invalidArgument("Invalid time minute value", "ReplicationTime");
  if (time?.Status !== "Enabled") {
    if (metrics?.EventThreshold === undefined) return;
    const message = "Metrics cannot contain an event threshold when ReplicationTime is not specified or Disabled";
    throw invalidArgument(message, "Metrics");
  }
  const minutes = metrics?.EventThreshold?.Minutes;
  if (minutes === undefined)
    throw invalidArgument("ReplicationMetrics must contain an event threshold", "ReplicationMetrics");
  if (minutes !== 15) throw invalidArgument("Invalid event threshold minute value", "ReplicationMetrics");
}
