// Jobs of S3 Batch Operations: what a request may ask for, and how a job is told of.

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { CreateJobRequest, JobDescriptor, JobListDescriptor, JobOperation } from "../../../models/s3control.d.ts";
import { invalidRequest, notFound } from "../errors.ts";
import type { Context, Job } from "../store.ts";

const MISSING: ReadonlySet<string> = new Set(["S3ComputeObjectChecksum", "S3UpdateObjectEncryption"]);

export function findJob({ store }: Context, id: string): Job {
  const job = store.jobs.get(id);
  if (job === undefined) throw notFound();
  return job;
}

function operationOf(operation: JobOperation): keyof JobOperation {
  const [name, ...more] = Object.keys(operation) as (keyof JobOperation)[];
  if (name === undefined || more.length > 0) throw invalidRequest("A job must have exactly one operation");
  if (MISSING.has(name)) throw notEmulated(`the operation ${name} of S3 Batch Operations`);
  return name;
}

export function checkJob(request: CreateJobRequest): void {
  const { Operation, Manifest, ManifestGenerator, Report } = request;
  const name = operationOf(Operation);
  if ((Manifest === undefined) === (ManifestGenerator === undefined))
    throw invalidRequest("A job must have either a manifest or a manifest generator");
  if (name === "LambdaInvoke" && Operation.LambdaInvoke?.FunctionArn === undefined)
    throw invalidRequest("LambdaInvoke must have a function ARN");
  if (name === "S3PutObjectCopy" && Operation.S3PutObjectCopy?.TargetResource === undefined)
    throw invalidRequest("S3PutObjectCopy must have a target resource");
  const fields = Manifest?.Spec.Fields;
  if (
    Manifest?.Spec.Format === "S3BatchOperations_CSV_20180820" &&
    !(fields?.includes("Bucket") && fields.includes("Key"))
  )
    throw invalidRequest("The fields of a CSV manifest must include Bucket and Key");
  if (
    Report.Enabled &&
    (Report.Bucket === undefined || Report.Format === undefined || Report.ReportScope === undefined)
  )
    throw invalidRequest("A report that is enabled must have a bucket, a format and a scope");
  const generator = ManifestGenerator?.S3JobManifestGenerator;
  if (generator?.EnableManifestOutput === true)
    throw notEmulated("the output of generated manifests (EnableManifestOutput)");
  if (generator?.Filter?.MatchAnyObjectEncryption !== undefined)
    throw notEmulated("generated manifests by encryption (MatchAnyObjectEncryption)");
}

const ENDED: ReadonlySet<string> = new Set(["Cancelled", "Complete", "Failed"]);

export function hasEnded({ status }: Job): boolean {
  return ENDED.has(status);
}

export function listedJob(job: Job): JobListDescriptor {
  const { id, request, priority, status, created, ended, total, succeeded, failed } = job;
  return {
    JobId: id,
    ...(request.Description === undefined ? {} : { Description: request.Description }),
    Operation: operationOf(request.Operation),
    Priority: priority,
    Status: status,
    CreationTime: new Date(created),
    ...(ended === undefined ? {} : { TerminationDate: new Date(ended) }),
    ProgressSummary: {
      TotalNumberOfTasks: total,
      NumberOfTasksSucceeded: succeeded,
      NumberOfTasksFailed: failed,
      Timers: { ElapsedTimeInActiveSeconds: 0 },
    },
  };
}

export function describedJob(job: Job): JobDescriptor {
  const { arn, request, reason, failures, suspended } = job;
  const { Operation, Manifest, ManifestGenerator, Report, RoleArn, ConfirmationRequired } = request;
  return {
    ...listedJob(job),
    JobArn: arn,
    ConfirmationRequired: ConfirmationRequired ?? false,
    Operation,
    ...(Manifest === undefined ? {} : { Manifest }),
    ...(ManifestGenerator === undefined ? {} : { ManifestGenerator }),
    Report,
    RoleArn,
    ...(reason === undefined ? {} : { StatusUpdateReason: reason }),
    FailureReasons: failures,
    ...(suspended === undefined
      ? {}
      : { SuspendedDate: new Date(suspended), SuspendedCause: "Awaiting customer confirmation" }),
  };
}
