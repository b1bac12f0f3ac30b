// The CloudFormation type AWS::Lambda::Url.

import type { Properties, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { unlessGone } from "../../../cloud/unless-gone.ts";
import {
  list,
  members,
  optionalBoolean,
  optionalNumber,
  optionalText,
  present,
  text,
} from "../rules/property-values.ts";

export const functionUrl: ResourceType = {
  type: "AWS::Lambda::Url",
  properties: ["AuthType", "Cors", "InvokeMode", "Qualifier", "TargetFunctionArn"],
  async create(properties, context) {
    return stateOf(await context.call("lambda", "CreateFunctionUrlConfig", input(properties)));
  },
  async update(_state, properties, _previous, context) {
    return stateOf(
      await context.call("lambda", "UpdateFunctionUrlConfig", { InvokeMode: "BUFFERED", ...input(properties) }),
    );
  },
  async delete(_state, properties, context) {
    await unlessGone(
      context.call(
        "lambda",
        "DeleteFunctionUrlConfig",
        present({ FunctionName: properties["TargetFunctionArn"], Qualifier: optionalText(properties["Qualifier"]) }),
      ),
    );
  },
};

function input(properties: Properties): Record<string, unknown> {
  const cors = members(properties["Cors"]);
  return present({
    FunctionName: properties["TargetFunctionArn"],
    Qualifier: optionalText(properties["Qualifier"]),
    AuthType: properties["AuthType"],
    InvokeMode: properties["InvokeMode"],
    Cors:
      properties["Cors"] === undefined
        ? undefined
        : present({
            AllowCredentials: optionalBoolean(cors["AllowCredentials"]),
            AllowHeaders: list(cors["AllowHeaders"]),
            AllowMethods: list(cors["AllowMethods"]),
            AllowOrigins: list(cors["AllowOrigins"]),
            ExposeHeaders: list(cors["ExposeHeaders"]),
            MaxAge: optionalNumber(cors["MaxAge"]),
          }),
  });
}

function stateOf(answer: Properties): ResourceState {
  const arn = text(answer["FunctionArn"]);
  return { id: arn, attributes: { FunctionArn: arn, FunctionUrl: answer["FunctionUrl"] } };
}
