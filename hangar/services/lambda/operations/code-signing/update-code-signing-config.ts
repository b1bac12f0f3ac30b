// Changes what is given of a code signing configuration; it counts from the next deployment on. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateCodeSigningConfig.html

import type { UpdateCodeSigningConfigRequest, UpdateCodeSigningConfigResponse } from "../../../../models/lambda.d.ts";
import { codeSigningAnswer, findCodeSigning } from "../../rules/code-signing.ts";
import { operation } from "../../store.ts";

export const updateCodeSigningConfig = operation<UpdateCodeSigningConfigRequest, UpdateCodeSigningConfigResponse>(
  (input, context) => {
    const present = findCodeSigning(context, input.CodeSigningConfigArn);
    const row = {
      ...present,
      description: input.Description ?? present.description,
      publishers: input.AllowedPublishers?.SigningProfileVersionArns ?? present.publishers,
      untrusted: input.CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? present.untrusted,
      modifiedAt: context.clock.now(),
    };
    context.store.codeSigning.put(row.id, row);
    return { CodeSigningConfig: codeSigningAnswer(row, context) };
  },
);
