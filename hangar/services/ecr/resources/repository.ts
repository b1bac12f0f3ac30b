// The CloudFormation type AWS::ECR::Repository.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import type { Tag } from "../store.ts";

type Row = Readonly<Record<string, unknown>>;

const GONE = "RepositoryNotFoundException";

export const repository: ResourceType = {
  type: "AWS::ECR::Repository",
  properties: [
    "EmptyOnDelete",
    "EncryptionConfiguration",
    "ImageScanningConfiguration",
    "ImageTagMutability",
    "ImageTagMutabilityExclusionFilters",
    "LifecyclePolicy",
    "RepositoryName",
    "RepositoryPolicyText",
    "Tags",
  ],
  async create(properties, context) {
    const given = properties["RepositoryName"];
    const encryption = properties["EncryptionConfiguration"] as Row | undefined;
    const { repository: made } = await context.call("ecr", "CreateRepository", {
      repositoryName: typeof given === "string" ? given : context.physicalName(256, { lower: true }),
      tags: tagsOf(properties, context),
      ...mutability(properties),
      ...scanning(properties),
      ...(encryption === undefined
        ? {}
        : { encryptionConfiguration: { encryptionType: encryption["EncryptionType"], kmsKey: encryption["KmsKey"] } }),
    });
    const row = made as Row;
    const id = String(row["repositoryName"]);
    await setPolicies(id, properties, {}, context);
    return { id, attributes: { Arn: row["repositoryArn"], RepositoryUri: row["repositoryUri"] } };
  },
  async update(state, properties, previous, context) {
    const repositoryName = state.id;
    await context.call("ecr", "PutImageTagMutability", {
      repositoryName,
      imageTagMutability: "MUTABLE",
      ...mutability(properties),
    });
    await context.call("ecr", "PutImageScanningConfiguration", {
      repositoryName,
      imageScanningConfiguration: { scanOnPush: false },
      ...scanning(properties),
    });
    await setPolicies(repositoryName, properties, previous, context);
    await setTags(state, properties, previous, context);
    return state;
  },
  async delete(state, properties, context) {
    const force = properties["EmptyOnDelete"] === true;
    await unlessGone(context.call("ecr", "DeleteRepository", { repositoryName: state.id, force }), GONE);
  },
  async read(id, context) {
    const answer = await unlessGone(context.call("ecr", "DescribeRepositories", { repositoryNames: [id] }), GONE);
    const [row] = (answer?.["repositories"] ?? []) as readonly Row[];
    if (row === undefined) return undefined;
    const { scanOnPush } = row["imageScanningConfiguration"] as { scanOnPush: boolean };
    return {
      RepositoryName: id,
      ImageTagMutability: row["imageTagMutability"],
      ImageScanningConfiguration: { ScanOnPush: scanOnPush },
    };
  },
};

function mutability(properties: Properties): Row {
  const filters = properties["ImageTagMutabilityExclusionFilters"] as readonly Row[] | undefined;
  return {
    ...(properties["ImageTagMutability"] === undefined ? {} : { imageTagMutability: properties["ImageTagMutability"] }),
    ...(filters === undefined
      ? {}
      : {
          imageTagMutabilityExclusionFilters: filters.map((filter) => ({
            filterType: filter["ImageTagMutabilityExclusionFilterType"],
            filter: filter["ImageTagMutabilityExclusionFilterValue"],
          })),
        }),
  };
}

function scanning(properties: Properties): Row {
  const given = properties["ImageScanningConfiguration"] as Row | undefined;
  return given === undefined ? {} : { imageScanningConfiguration: { scanOnPush: given["ScanOnPush"] === true } };
}

async function setPolicies(
  repositoryName: string,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const lifecycle = (properties["LifecyclePolicy"] as Row | undefined)?.["LifecyclePolicyText"];
  if (lifecycle !== undefined)
    await context.call("ecr", "PutLifecyclePolicy", { repositoryName, lifecyclePolicyText: lifecycle });
  else if (previous["LifecyclePolicy"] !== undefined)
    await unlessGone(
      context.call("ecr", "DeleteLifecyclePolicy", { repositoryName }),
      "LifecyclePolicyNotFoundException",
    );
  const policy = properties["RepositoryPolicyText"];
  if (policy !== undefined)
    await context.call("ecr", "SetRepositoryPolicy", {
      repositoryName,
      policyText: typeof policy === "string" ? policy : JSON.stringify(policy),
    });
  else if (previous["RepositoryPolicyText"] !== undefined)
    await unlessGone(
      context.call("ecr", "DeleteRepositoryPolicy", { repositoryName }),
      "RepositoryPolicyNotFoundException",
    );
}

/** The resource's own tags over the stack's. */
function tagsOf(properties: Properties, context: ResourceContext): Tag[] {
  const own = (properties["Tags"] ?? []) as readonly Tag[];
  const handedDown = context.tags.filter(
    (tag) => !tag.Key.startsWith("aws:") && !own.some((other) => other.Key === tag.Key),
  );
  return [...handedDown, ...own];
}

async function setTags(
  state: ResourceState,
  properties: Properties,
  previous: Properties,
  context: ResourceContext,
): Promise<void> {
  const resourceArn = state.attributes["Arn"];
  const tags = tagsOf(properties, context);
  const gone = ((previous["Tags"] ?? []) as readonly Tag[]).filter(
    (tag) => !tags.some((other) => other.Key === tag.Key),
  );
  if (gone.length > 0) await context.call("ecr", "UntagResource", { resourceArn, tagKeys: gone.map((tag) => tag.Key) });
  if (tags.length > 0) await context.call("ecr", "TagResource", { resourceArn, tags });
}
