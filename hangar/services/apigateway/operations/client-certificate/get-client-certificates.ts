// Lists client certificates. https://docs.aws.amazon.com/apigateway/latest/api/API_GetClientCertificates.html

import type { GetClientCertificatesInput, GetClientCertificatesOutput } from "../../../../models/apigateway.d.ts";
import { certificateAnswer } from "../../rules/client-certificate.ts";
import { page } from "../../rules/pages.ts";
import { operation } from "../../store.ts";

export const getClientCertificates = operation<GetClientCertificatesInput, GetClientCertificatesOutput>(
  (input, { store }) => {
    const entries = Array.from(store.clientCertificates.range(), ([id, row]) => [id, certificateAnswer(row)] as const);
    return page(entries, input);
  },
);
