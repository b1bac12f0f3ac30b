// Creates a parameter or a new version of it. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html

import { notEmulated } from "../../../kernel/aws-error.ts";
import type { PutParameterInput, PutParameterOutput } from "../../../models/ssm.d.ts";
import { parameterAlreadyExists, validationException } from "../errors.ts";
import { checkDataType, checkPattern, tierFor, typeFor, withVersion } from "../rules/new-version.ts";
import { checkName, parameterArn } from "../rules/parameter-names.ts";
import { newestOf, operation, type Parameter, type ParameterType, type SsmContext } from "../store.ts";

const MANAGED_KEY = "alias/aws/ssm";

export const putParameter = operation<PutParameterInput, PutParameterOutput>(async (input, context) => {
  const { Name, Value } = input;
  checkName(Name);
  if (input.Policies !== undefined && !/^\s*\[?\s*\]?\s*$/.test(input.Policies))
    throw notEmulated("parameter policies (Policies)");
  if (Value === "")
    throw validationException(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  const present = context.store.parameters.get(Name);
  checkExisting(input, present);
  const type = typeFor(input, present);
  const tier = tierFor(input, present);
  const before = present === undefined ? undefined : newestOf(present);
  const pattern = input.AllowedPattern ?? before?.allowedPattern;
  checkPattern(Value, pattern);
  checkDataType(input.DataType);
  if (input.KeyId !== undefined && type !== "SecureString")
    throw validationException("KeyId is required for SecureString type parameter only.");
  const keyId = type === "SecureString" ? (input.KeyId ?? before?.keyId ?? MANAGED_KEY) : undefined;
  const value = await kept(context, input, { type, keyId });
  // Read again: encryption took time, and others may have written.
  const current = context.store.parameters.get(Name);
  const version = {
    version: (current === undefined ? 0 : newestOf(current).version) + 1,
    value,
    keyId,
    description: given(input.Description ?? before?.description),
    allowedPattern: given(pattern),
    tier,
    dataType: input.DataType ?? before?.dataType ?? "text",
    modified: context.clock.now(),
    user: context.caller.arn,
    labels: [],
  };
  const parameter: Parameter = current ?? {
    Name,
    Type: type,
    versions: [],
    tags: (input.Tags ?? []).map((tag) => ({ Key: tag.Key, Value: tag.Value })),
  };
  context.store.parameters.put(Name, withVersion(parameter, version));
  return { Version: version.version, Tier: tier };
});

/** Emptied is gone. */
function given(text: string | undefined): string | undefined {
  return text === "" ? undefined : text;
}

function checkExisting(input: PutParameterInput, present: Parameter | undefined): void {
  if (input.Overwrite === true && (input.Tags?.length ?? 0) > 0) {
    throw validationException(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
    );
  }
  if (present !== undefined && input.Overwrite !== true) throw parameterAlreadyExists();
}

async function kept(
  context: SsmContext,
  input: PutParameterInput,
  { type, keyId }: { type: ParameterType; keyId: string | undefined },
): Promise<string> {
  if (type !== "SecureString" || keyId === undefined) return input.Value;
  const use = { keyId, context: { PARAMETER_ARN: parameterArn(input.Name, context) } };
  const { ciphertext } = await context.ports.keys.encrypt(use, Buffer.from(input.Value, "utf8"));
  return Buffer.from(ciphertext).toString("base64");
}
