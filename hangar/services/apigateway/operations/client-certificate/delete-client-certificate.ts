// Removes a client certificate that no stage shows. https://docs.aws.amazon.com/apigateway/latest/api/API_DeleteClientCertificate.html

import type { DeleteClientCertificateInput, DeleteClientCertificateOutput } from "../../../../models/apigateway.d.ts";
import { badRequest } from "../../errors.ts";
import { certificateOf, operation } from "../../store.ts";

export const deleteClientCertificate = operation<DeleteClientCertificateInput, DeleteClientCertificateOutput>(
  (input, context) => {
    const { clientCertificateId: id } = certificateOf(context, input.clientCertificateId);
    for (const stage of context.store.stages.rows())
      if (stage.clientCertificateId === id)
        throw badRequest(`Client certificate ${id} cannot be deleted because it is used by stage ${stage.stageName}`);
    context.store.clientCertificates.delete(id);
    return {};
  },
);
