// Shows a client certificate. https://docs.aws.amazon.com/apigateway/latest/api/API_GetClientCertificate.html

import type { GetClientCertificateInput, GetClientCertificateOutput } from "../../../../models/apigateway.d.ts";
import { certificateAnswer } from "../../rules/client-certificate.ts";
import { certificateOf, operation } from "../../store.ts";

export const getClientCertificate = operation<GetClientCertificateInput, GetClientCertificateOutput>((input, context) =>
  certificateAnswer(certificateOf(context, input.clientCertificateId)),
);
