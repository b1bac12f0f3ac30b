// A cloud for the suites of CloudFormation types: templates deployed, changed and deleted, seen through API Gateway.

import { APIGateway } from "@aws-sdk/client-api-gateway";
import { CloudFormation, type Capability } from "@aws-sdk/client-cloudformation";
import { startCloud, type RunningCloud } from "../../../index.ts";

export type Resources = Readonly<Record<string, { readonly Type: string; readonly [more: string]: unknown }>>;

export const ref = (name: string): object => ({ Ref: name });
export const attribute = (name: string, member: string): object => ({ "Fn::GetAtt": [name, member] });

export type StackCloud = {
  readonly cloud: RunningCloud;
  readonly api: APIGateway;
  /** Creates or updates; answers the outputs. What failed is the error's message. */
  deploy(
    name: string,
    resources: Resources,
    outputs?: Readonly<Record<string, object>>,
  ): Promise<Record<string, string>>;
  destroy(name: string): Promise<void>;
};

export async function stackCloud(seed: string): Promise<StackCloud> {
  const cloud = await startCloud({ listen: false, seed });
  const stacks = new CloudFormation(cloud.clientConfig());
  const there = (StackName: string) => stacks.describeStacks({ StackName }).catch(() => undefined);
  return {
    cloud,
    api: new APIGateway({ ...cloud.clientConfig(), maxAttempts: 1 }),
    async deploy(StackName, resources, outputs = {}) {
      const TemplateBody = JSON.stringify({
        Resources: resources,
        Outputs: Object.fromEntries(Object.entries(outputs).map(([name, Value]) => [name, { Value }])),
      });
      const update = (await there(StackName)) !== undefined;
      const input = { StackName, TemplateBody, Tags: [{ Key: "team", Value: "a" }], DisableRollback: true };
      const Capabilities: Capability[] = ["CAPABILITY_IAM"];
      await (update ? stacks.updateStack({ ...input, Capabilities }) : stacks.createStack({ ...input, Capabilities }));
      await cloud.settle();
      const stack = (await there(StackName))?.Stacks?.[0];
      if (stack?.StackStatus !== (update ? "UPDATE_COMPLETE" : "CREATE_COMPLETE")) {
        const { StackEvents = [] } = await stacks.describeStackEvents({ StackName });
        const failed = StackEvents.findLast((event) => event.ResourceStatus?.endsWith("_FAILED"));
        throw new Error(`${failed?.LogicalResourceId}: ${failed?.ResourceStatusReason ?? stack?.StackStatusReason}`);
      }
      const pairs = (stack.Outputs ?? []).map((output) => [output.OutputKey, output.OutputValue]);
      return Object.fromEntries(pairs) as Record<string, string>;
    },
    async destroy(StackName) {
      await stacks.deleteStack({ StackName });
      await cloud.settle();
      if ((await there(StackName)) !== undefined) throw new Error(`${StackName} is still there`);
    },
  };
}
