// Makes API keys from a file of comma-separated values. https://docs.aws.amazon.com/apigateway/latest/api/API_ImportApiKeys.html

import type { ImportApiKeysInput, ImportApiKeysOutput } from "../../../../models/apigateway.d.ts";
import { AwsError } from "../../../../kernel/aws-error.ts";
import { badRequest } from "../../errors.ts";
import { checkKeyDescription, checkKeyName, checkKeyValue } from "../../rules/api-key.ts";
import { keyLines, type KeyLine } from "../../rules/key-file.ts";
import { operation, usagePlanOf, type ApiGatewayContext } from "../../store.ts";
import { createUsagePlanKey } from "../usage-plan/create-usage-plan-key.ts";
import { createApiKey } from "./create-api-key.ts";

export const importApiKeys = operation<ImportApiKeysInput, ImportApiKeysOutput>(async (input, context) => {
  const { failOnWarnings = false } = input;
  const lines = keyLines(input.body);
  const seen = new Set<string>();
  const judged = lines.map((line) => {
    const problem = seen.has(line.value) ? "API Key already exists" : problemOf(context, line);
    seen.add(line.value);
    return { line, problem };
  });
  const warnings = judged.flatMap(({ line, problem }) => (problem === undefined ? [] : [`${line.name}: ${problem}`]));
  if (failOnWarnings && warnings.length > 0)
    throw badRequest(`Warnings found during import:\n${warnings.map((each) => `\t${each}`).join("\n")}`);
  const ids: string[] = [];
  for (const { line, problem } of judged) if (problem === undefined) ids.push(await importLine(context, line));
  return { ids, warnings };
});

/** Why a line makes no key. */
function problemOf(context: ApiGatewayContext, { name, value, description, usagePlans }: KeyLine): string | undefined {
  try {
    if (value === "") throw badRequest("API Key value should be at least 20 characters");
    checkKeyName(name);
    checkKeyValue(value);
    checkKeyDescription(description);
    for (const id of usagePlans) usagePlanOf(context, id);
  } catch (error) {
    if (error instanceof AwsError) return error.message;
    throw error;
  }
  return context.store.keyValues.has(value) ? "API Key already exists" : undefined;
}

async function importLine(context: ApiGatewayContext, line: KeyLine): Promise<string> {
  const { name, value, description, enabled, usagePlans } = line;
  const { id = "" } = await createApiKey({ name, value, description, enabled }, context);
  for (const usagePlanId of usagePlans)
    await createUsagePlanKey({ usagePlanId, keyId: id, keyType: "API_KEY" }, context);
  return id;
}
