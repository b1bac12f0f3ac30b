// The CloudFormation type AWS::IAM::ManagedPolicy.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import {
  documentText,
  found,
  ignoreMissing,
  nameOf,
  optional,
  textList,
  type Kind,
} from "../rules/deployed-policies.ts";

type Policy = {
  readonly Arn: string;
  readonly PolicyId: string;
  readonly PolicyName: string;
  readonly Path: string;
  readonly DefaultVersionId: string;
  readonly AttachmentCount: number;
  readonly PermissionsBoundaryUsageCount: number;
  readonly CreateDate: Date;
  readonly UpdateDate: Date;
  readonly Description?: string;
};

const HOLDERS: readonly (readonly [Kind, string])[] = [
  ["Role", "Roles"],
  ["User", "Users"],
  ["Group", "Groups"],
];

export const managedPolicy: ResourceType = {
  type: "AWS::IAM::ManagedPolicy",
  properties: ["Description", "Groups", "ManagedPolicyName", "Path", "PolicyDocument", "Roles", "Users"],
  async create(properties, context) {
    const { Policy } = await context.call("iam", "CreatePolicy", {
      PolicyName: nameOf(properties["ManagedPolicyName"], () => context.physicalName(128)),
      PolicyDocument: documentText(properties["PolicyDocument"]),
      ...optional(properties, "Path", "Description"),
    });
    const { Arn } = Policy as Policy;
    await syncHolders(Arn, properties, {}, context);
    return { id: Arn, attributes: await attributesOf(Arn, context) };
  },
  async update(state, properties, previous, context) {
    if (documentText(properties["PolicyDocument"]) !== documentText(previous["PolicyDocument"]))
      await newVersion(state.id, properties, context);
    await syncHolders(state.id, properties, previous, context);
    return { ...state, attributes: await attributesOf(state.id, context) };
  },
  async delete(state, properties, context) {
    if ((await found(context.call("iam", "GetPolicy", { PolicyArn: state.id }), "Policy")) === undefined) return;
    await syncHolders(state.id, {}, properties, context);
    for (const { VersionId, IsDefaultVersion } of await versionsOf(state.id, context)) {
      if (!IsDefaultVersion) await context.call("iam", "DeletePolicyVersion", { PolicyArn: state.id, VersionId });
    }
    await ignoreMissing(context.call("iam", "DeletePolicy", { PolicyArn: state.id }));
  },
  async read(id, context) {
    const present = await found<Policy>(context.call("iam", "GetPolicy", { PolicyArn: id }), "Policy");
    return present === undefined
      ? undefined
      : {
          ManagedPolicyName: present.PolicyName,
          Path: present.Path,
          ...(present.Description === undefined ? {} : { Description: present.Description }),
        };
  },
};

type Version = { readonly VersionId: string; readonly IsDefaultVersion: boolean };

async function versionsOf(PolicyArn: string, context: ResourceContext): Promise<readonly Version[]> {
  const { Versions } = await context.call("iam", "ListPolicyVersions", { PolicyArn });
  return Versions as readonly Version[];
}

/** A policy keeps five versions: the oldest that does not hold makes room. */
async function newVersion(PolicyArn: string, properties: Properties, context: ResourceContext): Promise<void> {
  const versions = await versionsOf(PolicyArn, context);
  const oldest = versions.toReversed().find((version) => !version.IsDefaultVersion);
  if (versions.length >= 5 && oldest !== undefined)
    await context.call("iam", "DeletePolicyVersion", { PolicyArn, VersionId: oldest.VersionId });
  await context.call("iam", "CreatePolicyVersion", {
    PolicyArn,
    PolicyDocument: documentText(properties["PolicyDocument"]),
    SetAsDefault: true,
  });
}

async function syncHolders(
  PolicyArn: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  for (const [kind, member] of HOLDERS) {
    const names = textList(properties[member]);
    const old = textList(previous[member]);
    for (const name of old.filter((each) => !names.includes(each)))
      await ignoreMissing(context.call("iam", `Detach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn }));
    for (const name of names.filter((each) => !old.includes(each)))
      await context.call("iam", `Attach${kind}Policy`, { [`${kind}Name`]: name, PolicyArn });
  }
}

async function attributesOf(PolicyArn: string, context: ResourceContext): Promise<Record<string, unknown>> {
  const policy = (await context.call("iam", "GetPolicy", { PolicyArn }))["Policy"] as Policy;
  return {
    PolicyArn: policy.Arn,
    PolicyId: policy.PolicyId,
    DefaultVersionId: policy.DefaultVersionId,
    AttachmentCount: policy.AttachmentCount,
    PermissionsBoundaryUsageCount: policy.PermissionsBoundaryUsageCount,
    IsAttachable: true,
    CreateDate: policy.CreateDate.toISOString(),
    UpdateDate: policy.UpdateDate.toISOString(),
  };
}
