// What each operation needs: IAM's action on an access point, a bucket, or the account.

import type { AccessRule } from "../../cloud/service.ts";
import { signatureConditions } from "../../cloud/signature-conditions.ts";
import { formatArn } from "../../kernel/arn.ts";
import type { AccessNeed, ConditionKeys } from "../../ports/access.ts";
import type { CreateJobRequest } from "../../models/s3control.d.ts";
import type { Context, Job, Tables } from "./store.ts";

type Rule = AccessRule<Tables>;
type Named = { readonly Name: string; readonly VpcConfiguration?: object; readonly Tags?: readonly Tag[] };
type Tag = { readonly Key: string; readonly Value: string };
type Tagged = {
  readonly ResourceArn: string;
  readonly Tags?: readonly Tag[] | undefined;
  readonly TagKeys?: readonly string[] | undefined;
};

/** What every request says of itself, beside what its own need does. */
function asked(rule: Rule): Rule {
  return (input: unknown, context) =>
    rule(input, context).map((need) =>
      need.action.startsWith("s3:")
        ? {
            ...need,
            moreConditions: () => ({
              "s3:ResourceAccount": context.account,
              ...signatureConditions(context, { caller: context.caller }),
              ...context.ports.storage.conditions(need.resource),
            }),
          }
        : need,
    );
}

function pointNeed(action: string, input: Named, { account, region }: Context): AccessNeed {
  const resource = formatArn({ service: "s3", region, account, resource: `accesspoint/${input.Name}` });
  const conditions = { "s3:DataAccessPointArn": resource, "s3:DataAccessPointAccount": account };
  return { action: `s3:${action}`, resource, owner: account, conditions };
}

function onAccessPoint(action: string): Rule {
  return (input: Named, context) => [pointNeed(action, input, context)];
}

const create: Rule = (input: Named, context) => {
  const need = pointNeed("CreateAccessPoint", input, context);
  const origin = input.VpcConfiguration === undefined ? "Internet" : "VPC";
  const tags = requestTags(input);
  const conditions = { ...need.conditions, ...tags, "s3:AccessPointNetworkOrigin": origin };
  const needs = [{ ...need, conditions }];
  return input.Tags === undefined || input.Tags.length === 0
    ? needs
    : [...needs, { ...need, action: "s3:TagResource", conditions }];
};

function onAll(action: string): Rule {
  return (_input: unknown, { account }) => [{ action: `s3:${action}`, resource: "*", owner: account }];
}

function requestTags({ Tags: tags = [], TagKeys: keys }: Partial<Tagged>): ConditionKeys {
  return {
    "aws:TagKeys": keys ?? tags.map(({ Key: key }) => key),
    ...Object.fromEntries(tags.map(({ Key: key, Value: value }) => [`aws:RequestTag/${key}`, value])),
  };
}

function onTagged(action: string): Rule {
  return (input: Tagged, { account }) => [
    { action: `s3:${action}`, resource: input.ResourceArn, owner: account, conditions: requestTags(input) },
  ];
}

/** Whoever makes a job hands its role to S3. */
const createJob: Rule = (input: CreateJobRequest, { account }) => [
  {
    action: "s3:CreateJob",
    resource: "*",
    owner: account,
    conditions: {
      ...requestTags(input),
      ...(input.Priority === undefined ? {} : { "s3:RequestJobPriority": String(input.Priority) }),
      ...kindOf("s3:RequestJobOperation", input.Operation),
    },
  },
  {
    action: "iam:PassRole",
    resource: input.RoleArn,
    conditions: { "iam:PassedToService": "batchoperations.s3.amazonaws.com" },
  },
];

function onJob(action: string): Rule {
  return (input: { readonly JobId: string; readonly Priority?: number } & Partial<Tagged>, context) => {
    const { account, region, store } = context;
    const resource = formatArn({ service: "s3", region, account, resource: `job/${input.JobId}` });
    const job = store.jobs.get(input.JobId);
    const conditions = {
      ...(input.Tags === undefined ? {} : requestTags(input)),
      ...(input.Priority === undefined ? {} : { "s3:RequestJobPriority": String(input.Priority) }),
      ...(job === undefined || !CHANGES.has(action) ? {} : existing(job)),
    };
    return [{ action: `s3:${action}`, resource, owner: account, conditions }];
  };
}

/** What is asked of a job that is changed. */
const CHANGES: ReadonlySet<string> = new Set([
  "DeleteJobTagging",
  "PutJobTagging",
  "UpdateJobPriority",
  "UpdateJobStatus",
]);

function existing({ priority, request, suspended }: Job): ConditionKeys {
  return {
    "s3:ExistingJobPriority": String(priority),
    ...kindOf("s3:ExistingJobOperation", request.Operation),
    ...(suspended === undefined ? {} : { "s3:JobSuspendedCause": "AWAITING_CONFIRMATION" }),
  };
}

function kindOf(key: string, operation: object): ConditionKeys {
  const [kind] = Object.keys(operation);
  return kind === undefined ? {} : { [key]: kind };
}

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html */
const rules: Readonly<Record<string, Rule>> = {
  CreateAccessPoint: create,
  CreateJob: createJob,
  DeleteAccessPoint: onAccessPoint("DeleteAccessPoint"),
  DeleteAccessPointPolicy: onAccessPoint("DeleteAccessPointPolicy"),
  DeleteJobTagging: onJob("DeleteJobTagging"),
  DeletePublicAccessBlock: onAll("PutAccountPublicAccessBlock"),
  DescribeJob: onJob("DescribeJob"),
  GetAccessPoint: onAccessPoint("GetAccessPoint"),
  GetAccessPointPolicy: onAccessPoint("GetAccessPointPolicy"),
  GetAccessPointPolicyStatus: onAccessPoint("GetAccessPointPolicyStatus"),
  GetJobTagging: onJob("GetJobTagging"),
  GetPublicAccessBlock: onAll("GetAccountPublicAccessBlock"),
  ListAccessPoints: onAll("ListAccessPoints"),
  ListJobs: onAll("ListJobs"),
  ListTagsForResource: onTagged("ListTagsForResource"),
  PutAccessPointPolicy: onAccessPoint("PutAccessPointPolicy"),
  PutJobTagging: onJob("PutJobTagging"),
  PutPublicAccessBlock: onAll("PutAccountPublicAccessBlock"),
  TagResource: onTagged("TagResource"),
  UntagResource: onTagged("UntagResource"),
  UpdateJobPriority: onJob("UpdateJobPriority"),
  UpdateJobStatus: onJob("UpdateJobStatus"),
};

export const access: Readonly<Record<string, Rule>> = Object.fromEntries(
  Object.entries(rules).map(([operation, rule]) => [operation, asked(rule)]),
);
