// Client certificates as they are kept and shown, and what their patches do.

import type { ClientCertificate, GenerateClientCertificateInput } from "../../../models/apigateway.d.ts";
import type { SelfSigned } from "../../../kernel/self-signed.ts";
import { optionalText, type PatchRules } from "./patch.ts";
import type { CertificateRow } from "../store.ts";

type Made = { readonly id: string; readonly now: number; readonly until: number; readonly pair: SelfSigned };

export function newCertificate(
  { description, tags }: GenerateClientCertificateInput,
  { id, now, until, pair }: Made,
): CertificateRow {
  return {
    clientCertificateId: id,
    ...(description === undefined ? {} : { description }),
    pemEncodedCertificate: pair.certificate,
    privateKey: pair.privateKey,
    createdDate: now,
    expirationDate: until,
    ...(tags === undefined ? {} : { tags }),
  };
}

export function certificateAnswer({ privateKey: _secret, ...shown }: CertificateRow): ClientCertificate {
  return { ...shown, createdDate: new Date(shown.createdDate), expirationDate: new Date(shown.expirationDate) };
}

export const certificatePatches: PatchRules<CertificateRow> = { "/description": optionalText("description") };
