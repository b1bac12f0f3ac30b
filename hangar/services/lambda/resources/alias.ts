// The CloudFormation type AWS::Lambda::Alias.

import type { Properties, ResourceContext, ResourceState, ResourceType } from "../../../cloud/resource.ts";
import { orUndo, unlessGone } from "../../../cloud/unless-gone.ts";
import { list, members, optionalNumber, optionalText, present, text } from "../rules/property-values.ts";

export const lambdaAlias: ResourceType = {
  type: "AWS::Lambda::Alias",
  properties: [
    "Description",
    "FunctionName",
    "FunctionVersion",
    "Name",
    "ProvisionedConcurrencyConfig",
    "RoutingConfig",
  ],
  async create(properties, context) {
    const answer = await context.call("lambda", "CreateAlias", input(properties));
    const { FunctionName, Name } = properties;
    await orUndo(setProvisioned(properties, context), () =>
      context.call("lambda", "DeleteAlias", { FunctionName, Name }),
    );
    return stateOf(text(answer["AliasArn"]));
  },
  async update(state, properties, previous, context) {
    await context.call("lambda", "UpdateAlias", {
      RoutingConfig: { AdditionalVersionWeights: {} },
      Description: "",
      ...input(properties),
    });
    if (
      previous["ProvisionedConcurrencyConfig"] !== undefined &&
      properties["ProvisionedConcurrencyConfig"] === undefined
    ) {
      await unlessGone(
        context.call("lambda", "DeleteProvisionedConcurrencyConfig", {
          FunctionName: properties["FunctionName"],
          Qualifier: properties["Name"],
        }),
        ["ResourceNotFoundException", "ProvisionedConcurrencyConfigNotFoundException"],
      );
    }
    await setProvisioned(properties, context);
    return stateOf(state.id);
  },
  async delete(state, properties, context) {
    await unlessGone(
      context.call("lambda", "DeleteAlias", {
        FunctionName: state.id.slice(0, state.id.lastIndexOf(":")),
        Name: properties["Name"] ?? state.id.slice(state.id.lastIndexOf(":") + 1),
      }),
    );
  },
  async read(id, context) {
    const name = id.slice(id.lastIndexOf(":") + 1);
    const answer = await unlessGone(
      context.call("lambda", "GetAlias", { FunctionName: id.slice(0, id.lastIndexOf(":")), Name: name }),
    );
    return answer === undefined
      ? undefined
      : { Name: name, FunctionVersion: answer["FunctionVersion"], Description: answer["Description"] };
  },
};

function input(properties: Properties): Record<string, unknown> {
  const weights = list(members(properties["RoutingConfig"])["AdditionalVersionWeights"]);
  return present({
    FunctionName: properties["FunctionName"],
    Name: properties["Name"],
    FunctionVersion: optionalText(properties["FunctionVersion"]),
    Description: optionalText(properties["Description"]),
    RoutingConfig:
      weights === undefined
        ? undefined
        : {
            AdditionalVersionWeights: Object.fromEntries(
              weights.map((each) => [text(members(each)["FunctionVersion"]), Number(members(each)["FunctionWeight"])]),
            ),
          },
  });
}

async function setProvisioned(properties: Properties, context: ResourceContext): Promise<void> {
  const wanted = optionalNumber(members(properties["ProvisionedConcurrencyConfig"])["ProvisionedConcurrentExecutions"]);
  if (wanted !== undefined)
    await context.call("lambda", "PutProvisionedConcurrencyConfig", {
      FunctionName: properties["FunctionName"],
      Qualifier: properties["Name"],
      ProvisionedConcurrentExecutions: wanted,
    });
}

function stateOf(arn: string): ResourceState {
  return { id: arn, attributes: { AliasArn: arn } };
}
