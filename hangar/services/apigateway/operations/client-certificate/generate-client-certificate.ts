// Makes a certificate that stages show to the backends they call. https://docs.aws.amazon.com/apigateway/latest/api/API_GenerateClientCertificate.html

import type {
  GenerateClientCertificateInput,
  GenerateClientCertificateOutput,
} from "../../../../models/apigateway.d.ts";
import { certificateAnswer, newCertificate } from "../../rules/client-certificate.ts";
import { selfSigned } from "../../../../kernel/self-signed.ts";
import { operation } from "../../store.ts";

const YEAR = 365 * 86_400_000;
const NAME = "CN=ApiGateway, O=Amazon.com, L=Seattle, ST=WA, C=US";

export const generateClientCertificate = operation<GenerateClientCertificateInput, GenerateClientCertificateOutput>(
  async (input, { store, ids, clock }) => {
    const now = clock.now();
    const pair = await selfSigned(NAME, now, now + YEAR);
    const row = newCertificate(input, { id: ids.lower(6), now, until: now + YEAR, pair });
    store.clientCertificates.put(row.clientCertificateId, row);
    return certificateAnswer(row);
  },
);
