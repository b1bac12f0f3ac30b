// The CloudFormation type AWS::S3::BucketPolicy.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { bucketPolicyExists } from "../errors.ts";

async function put(properties: Properties, context: ResourceContext): Promise<string> {
  const name = String(properties["Bucket"]);
  const document = properties["PolicyDocument"];
  const policy = typeof document === "string" ? document : JSON.stringify(document);
  await context.call("s3", "PutBucketPolicy", { Bucket: name, Policy: policy });
  return name;
}

async function present(name: string, context: ResourceContext): Promise<{ readonly Policy?: string } | undefined> {
  return unlessGone(context.call("s3", "GetBucketPolicy", { Bucket: name }), ["NoSuchBucket", "NoSuchBucketPolicy"]);
}

export const bucketPolicy: ResourceType = {
  type: "AWS::S3::BucketPolicy",
  properties: ["Bucket", "PolicyDocument"],
  async create(properties, context) {
    const name = String(properties["Bucket"]);
    if ((await present(name, context)) !== undefined) throw bucketPolicyExists(name);
    return { id: await put(properties, context), attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await put(properties, context);
    return state;
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("s3", "DeleteBucketPolicy", { Bucket: state.id }), "NoSuchBucket");
  },
  async read(id, context) {
    const found = await present(id, context);
    return found && { Bucket: id, PolicyDocument: JSON.parse(found.Policy ?? "{}") as unknown };
  },
};
