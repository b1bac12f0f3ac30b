// Shows the certificate with which a pool would sign what it asks of SAML providers. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetSigningCertificate.html

import { selfSigned } from "../../../../kernel/self-signed.ts";
import type { GetSigningCertificateInput, GetSigningCertificateOutput } from "../../../../models/cognito-idp.d.ts";
import { findPool } from "../../engine/find.ts";
import { operation } from "../../store.ts";

const TEN_YEARS = 10 * 365 * 86_400_000;

export const getSigningCertificate = operation<GetSigningCertificateInput, GetSigningCertificateOutput>(
  async ({ UserPoolId }, context) => {
    const { pool, store } = findPool(context, UserPoolId);
    const kept = store.signingCertificates.get(pool.id);
    const pem = kept ?? (await selfSigned(`CN=${pool.id}`, pool.created, pool.created + TEN_YEARS)).certificate;
    // Another call may have come first while it was made.
    const row = store.signingCertificates.get(pool.id) ?? pem;
    store.signingCertificates.put(pool.id, row);
    return { Certificate: row.replace(/-----[A-Z ]+-----|\s/g, "") };
  },
);
