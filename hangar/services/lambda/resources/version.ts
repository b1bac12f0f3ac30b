// The CloudFormation type AWS::Lambda::Version.

import type { ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import { members, optionalNumber, optionalText, present, text } from "../rules/property-values.ts";

export const lambdaVersion: ResourceType = {
  type: "AWS::Lambda::Version",
  properties: ["CodeSha256", "Description", "FunctionName", "ProvisionedConcurrencyConfig"],
  inert: { RuntimePolicy: "runtimes are the machine's" },
  async create(properties, context) {
    const answer = await context.call(
      "lambda",
      "PublishVersion",
      present({
        FunctionName: properties["FunctionName"],
        Description: optionalText(properties["Description"]),
        CodeSha256: properties["CodeSha256"],
      }),
    );
    const arn = text(answer["FunctionArn"]);
    const version = text(answer["Version"]);
    const provisioned = optionalNumber(
      members(properties["ProvisionedConcurrencyConfig"])["ProvisionedConcurrentExecutions"],
    );
    if (provisioned !== undefined)
      await context.call("lambda", "PutProvisionedConcurrencyConfig", {
        FunctionName: properties["FunctionName"],
        Qualifier: version,
        ProvisionedConcurrentExecutions: provisioned,
      });
    return { id: arn, attributes: { FunctionArn: arn, Version: version } };
  },
  async delete(state, _properties, context) {
    await unlessGone(context.call("lambda", "DeleteFunction", { FunctionName: state.id }));
  },
  async read(id, context) {
    const answer = await unlessGone(context.call("lambda", "GetFunctionConfiguration", { FunctionName: id }));
    return answer === undefined
      ? undefined
      : { FunctionName: answer["FunctionName"], Description: answer["Description"], CodeSha256: answer["CodeSha256"] };
  },
};
