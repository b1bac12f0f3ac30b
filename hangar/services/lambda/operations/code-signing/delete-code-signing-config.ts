// Deletes a code signing configuration that no function has. https://docs.aws.amazon.com/lambda/latest/api/API_DeleteCodeSigningConfig.html

import type { DeleteCodeSigningConfigRequest, DeleteCodeSigningConfigResponse } from "../../../../models/lambda.d.ts";
import { conflict } from "../../errors.ts";
import { findCodeSigning, functionsSignedBy } from "../../rules/code-signing.ts";
import { operation } from "../../store.ts";

export const deleteCodeSigningConfig = operation<DeleteCodeSigningConfigRequest, DeleteCodeSigningConfigResponse>(
  (input, context) => {
    const { id } = findCodeSigning(context, input.CodeSigningConfigArn);
    if (functionsSignedBy(context, input.CodeSigningConfigArn).length > 0)
      throw conflict(
        `The code signing configuration ${input.CodeSigningConfigArn} is used by functions and cannot be deleted.`,
      );
    context.store.codeSigning.delete(id);
    return {};
  },
);
