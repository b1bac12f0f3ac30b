// Changes the description of a client certificate. https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateClientCertificate.html

import type { UpdateClientCertificateInput, UpdateClientCertificateOutput } from "../../../../models/apigateway.d.ts";
import { certificateAnswer, certificatePatches } from "../../rules/client-certificate.ts";
import { applyPatch, listingWords } from "../../rules/patch.ts";
import { certificateOf, operation } from "../../store.ts";

export const updateClientCertificate = operation<UpdateClientCertificateInput, UpdateClientCertificateOutput>(
  (input, context) => {
    const before = certificateOf(context, input.clientCertificateId);
    const row = applyPatch(before, input.patchOperations, certificatePatches, listingWords);
    context.store.clientCertificates.put(row.clientCertificateId, row);
    return certificateAnswer(row);
  },
);
