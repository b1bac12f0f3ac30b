// Finding a parameter's version and showing it, decrypted when asked.

import type { Parameter as ParameterAnswer } from "../../../models/ssm.d.ts";
import { parameterNotFound, parameterVersionNotFound } from "../errors.ts";
import { newestOf, type Parameter, type ParameterVersion, type SsmContext } from "../store.ts";
import { askedFor, parameterArn } from "./parameter-names.ts";
import { publicParameter, type PublicParameter } from "./public-parameters.ts";

export function parameterNamed(context: SsmContext, name: string): Parameter {
  const { parameters } = context.store;
  const parameter = parameters.get(name) ?? parameters.get(name.startsWith("/") ? name.slice(1) : `/${name}`);
  // One level deep, an ARN does not tell `x` from `/x`; plain names do.
  if (parameter === undefined || (parameter.Name !== name && name.startsWith("/"))) throw parameterNotFound();
  return parameter;
}

/** The answer for a name, ARN or selector; throws when there is no such parameter or version. */
export async function readParameter(context: SsmContext, text: string, decrypt: boolean): Promise<ParameterAnswer> {
  const { name, selector } = askedFor(text);
  const published = publicParameter(name, context.region);
  if (published !== undefined) return publicAnswer(published, context.region);
  const parameter = text.startsWith("arn:") ? parameterNamed(context, name) : exactly(context, name);
  const version = selector === undefined ? newestOf(parameter) : versionOf(parameter, selector);
  if (version === undefined) throw parameterVersionNotFound(name, selector ?? "");
  const answer = await parameterAnswer(context, { parameter, version }, decrypt);
  return selector === undefined ? answer : { ...answer, Selector: `:${selector}` };
}

export function exactly(context: SsmContext, name: string): Parameter {
  const parameter = context.store.parameters.get(name);
  if (parameter === undefined) throw parameterNotFound();
  return parameter;
}

function versionOf(parameter: Parameter, selector: string): ParameterVersion | undefined {
  if (/^\d+$/.test(selector)) return parameter.versions.find((version) => version.version === Number(selector));
  return parameter.versions.find((version) => version.labels.includes(selector));
}

type Shown = { readonly parameter: Parameter; readonly version: ParameterVersion };

export async function parameterAnswer(
  context: SsmContext,
  { parameter, version }: Shown,
  decrypt: boolean,
): Promise<ParameterAnswer> {
  return {
    Name: parameter.Name,
    Type: parameter.Type,
    Value: await textOf(context, { parameter, version }, decrypt),
    Version: version.version,
    LastModifiedDate: new Date(version.modified),
    ARN: parameterArn(parameter.Name, context),
    DataType: version.dataType,
  };
}

export async function textOf(context: SsmContext, { parameter, version }: Shown, decrypt: boolean): Promise<string> {
  if (parameter.Type !== "SecureString" || !decrypt) return version.value;
  const plain = await context.ports.keys.decrypt(Buffer.from(version.value, "base64"), {
    context: { PARAMETER_ARN: parameterArn(parameter.Name, context) },
  });
  return Buffer.from(plain).toString("utf8");
}

export function publicAnswer({ name, value, dataType }: PublicParameter, region: string): ParameterAnswer {
  return {
    Name: name,
    Type: "String",
    Value: value,
    Version: 1,
    LastModifiedDate: new Date(1_700_000_000_000),
    ARN: `arn:aws:ssm:${region}::parameter${name}`,
    DataType: dataType,
  };
}
