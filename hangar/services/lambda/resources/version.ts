// The CloudFormation type AWS::Lambda::Version.

import { handlerFailure, type Properties, type ResourceContext, type ResourceType } from "../../../cloud/resource.ts";
import { orUndo, unlessGone } from "../../../cloud/unless-gone.ts";
import { members, optionalNumber, optionalText, present, text } from "../rules/property-values.ts";

export const lambdaVersion: ResourceType = {
  type: "AWS::Lambda::Version",
  properties: ["CodeSha256", "Description", "FunctionName", "ProvisionedConcurrencyConfig"],
  inert: { RuntimePolicy: "runtimes are the machine's" },
  async create(properties, context) {
    const answer = await publish(properties, context);
    const arn = text(answer["FunctionArn"]);
    const version = text(answer["Version"]);
    const provisioned = optionalNumber(
      members(properties["ProvisionedConcurrencyConfig"])["ProvisionedConcurrentExecutions"],
    );
    if (provisioned !== undefined)
      await orUndo(
        context.call("lambda", "PutProvisionedConcurrencyConfig", {
          FunctionName: properties["FunctionName"],
          Qualifier: version,
          ProvisionedConcurrentExecutions: provisioned,
        }),
        () => context.call("lambda", "DeleteFunction", { FunctionName: arn }),
      );
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

/** Lambda answers the last version again where nothing has changed since: the handler fails then, which $LATEST's revision tells. */
async function publish(properties: Properties, context: ResourceContext): Promise<Properties> {
  const { FunctionName } = properties;
  const revision = async (): Promise<unknown> =>
    (await context.call("lambda", "GetFunctionConfiguration", { FunctionName }))["RevisionId"];
  const before = await revision();
  const answer = await context.call(
    "lambda",
    "PublishVersion",
    present({
      FunctionName,
      Description: optionalText(properties["Description"]),
      CodeSha256: properties["CodeSha256"],
    }),
  );
  if ((await revision()) !== before) return answer;
  throw handlerFailure(
    `A version for this Lambda function exists ( ${text(answer["Version"])} ). Modify the function to create a new version.`,
    "AlreadyExists",
  );
}
