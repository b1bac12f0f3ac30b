// Makes a code signing configuration: who may sign, and what happens to code that nobody of them has. https://docs.aws.amazon.com/lambda/latest/api/API_CreateCodeSigningConfig.html

import type { CreateCodeSigningConfigRequest, CreateCodeSigningConfigResponse } from "../../../../models/lambda.d.ts";
import { codeSigningAnswer } from "../../rules/code-signing.ts";
import { checkTagCount } from "../../rules/tags.ts";
import { operation, type CodeSigningRow } from "../../store.ts";

export const createCodeSigningConfig = operation<CreateCodeSigningConfigRequest, CreateCodeSigningConfigResponse>(
  (input, context) => {
    checkTagCount(input.Tags ?? {});
    const row: CodeSigningRow = {
      id: `csc-${context.ids.hex(17)}`,
      description: input.Description ?? "",
      publishers: input.AllowedPublishers.SigningProfileVersionArns,
      untrusted: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? "Warn",
      tags: input.Tags ?? {},
      modifiedAt: context.clock.now(),
    };
    context.store.codeSigning.put(row.id, row);
    return { CodeSigningConfig: codeSigningAnswer(row, context) };
  },
);
