// FunctionUrlConfig: a function's own address, and who may call it.

import { resourceProblem } from "./problems.ts";
import { entriesOf, type Fields } from "./python-order.ts";
import { passedOn, Resource } from "./resource.ts";
import { expectMap } from "./shape.ts";
import { at, filled, isFunction } from "./values.ts";

const CORS: Readonly<Record<string, "list" | "bool" | "int">> = {
  AllowOrigins: "list",
  AllowMethods: "list",
  AllowCredentials: "bool",
  AllowHeaders: "list",
  ExposeHeaders: "list",
  MaxAge: "int",
};

export function functionUrl(read: Resource, function_: Resource, alias: Resource | undefined): Resource[] {
  const { logicalId } = read;
  const config = read.properties["FunctionUrlConfig"] as Fields;
  checkUrl(logicalId, config);
  const made = { attributes: passedOn(read.attributes) };
  const target = (alias ?? function_).ref();
  const cors = at(config, "Cors");
  const url = new Resource(
    "AWS::Lambda::Url",
    `${logicalId}Url`,
    {
      Cors: filled(cors) ? cors : undefined,
      AuthType: at(config, "AuthType"),
      TargetFunctionArn: target,
      InvokeMode: at(config, "InvokeMode"),
    },
    made,
  );
  if (at(config, "AuthType") !== "NONE" || isFunction(config)) return [url];
  return [
    url,
    new Resource(
      "AWS::Lambda::Permission",
      `${logicalId}UrlPublicPermissions`,
      {
        Action: "lambda:InvokeFunctionUrl",
        FunctionName: target,
        Principal: "*",
        FunctionUrlAuthType: "NONE",
      },
      made,
    ),
    new Resource(
      "AWS::Lambda::Permission",
      `${logicalId}URLInvokeAllowPublicAccess`,
      { Action: "lambda:InvokeFunction", FunctionName: target, Principal: "*", InvokedViaFunctionUrl: true },
      made,
    ),
  ];
}

function checkUrl(logicalId: string, config: Fields): void {
  if (isFunction(config)) return;
  const type = at(config, "AuthType");
  if (!isFunction(type) && type !== "AWS_IAM" && type !== "NONE")
    throw resourceProblem(
      logicalId,
      "AuthType is required to configure function property `FunctionUrlConfig`. Please provide either AWS_IAM or NONE.",
    );
  const cors = at(config, "Cors");
  if (!filled(cors) || isFunction(cors)) return;
  for (const [name, value] of entriesOf(expectMap(cors, { resource: logicalId }, "FunctionUrlConfig.Cors"))) {
    const wanted = CORS[name];
    if (wanted === undefined) throw resourceProblem(logicalId, `${name} is not a valid property for configuring Cors.`);
    if (!isFunction(value) && !isA(value, wanted))
      throw resourceProblem(logicalId, `${name} must be of type ${wanted}.`);
  }
}

function isA(value: unknown, wanted: "list" | "bool" | "int"): boolean {
  if (wanted === "list") return Array.isArray(value);
  return typeof value === "boolean" || (wanted === "int" && Number.isInteger(value));
}
