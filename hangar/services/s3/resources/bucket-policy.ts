// The CloudFormation type AWS::S3::BucketPolicy.

import type { Properties, ResourceContext, ResourceType } from "../../../cloud/resource.ts";
import { AwsError } from "../../../kernel/aws-error.ts";

async function put(properties: Properties, context: ResourceContext): Promise<string> {
  const name = String(properties["Bucket"]);
  const document = properties["PolicyDocument"];
  const policy = typeof document === "string" ? document : JSON.stringify(document);
  await context.call("s3", "PutBucketPolicy", { Bucket: name, Policy: policy });
  return name;
}

export const bucketPolicy: ResourceType = {
  type: "AWS::S3::BucketPolicy",
  properties: ["Bucket", "PolicyDocument"],
  async create(properties, context) {
    return { id: await put(properties, context), attributes: {} };
  },
  async update(state, properties, _previous, context) {
    await put(properties, context);
    return state;
  },
  async delete(state, _properties, context) {
    try {
      await context.call("s3", "DeleteBucketPolicy", { Bucket: state.id });
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== "NoSuchBucket") throw error;
    }
  },
  async read(id, context) {
    try {
      const { Policy: policy } = (await context.call("s3", "GetBucketPolicy", { Bucket: id })) as {
        readonly Policy?: string;
      };
      return { Bucket: id, PolicyDocument: JSON.parse(policy ?? "{}") as unknown };
    } catch (error) {
      if (error instanceof AwsError && error.code.startsWith("NoSuchBucket")) return undefined;
      throw error;
    }
  },
};
