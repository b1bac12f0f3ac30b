// API Gateway's operations on client certificates, by API name.

import { deleteClientCertificate } from "../operations/client-certificate/delete-client-certificate.ts";
import { generateClientCertificate } from "../operations/client-certificate/generate-client-certificate.ts";
import { getClientCertificate } from "../operations/client-certificate/get-client-certificate.ts";
import { getClientCertificates } from "../operations/client-certificate/get-client-certificates.ts";
import { updateClientCertificate } from "../operations/client-certificate/update-client-certificate.ts";

export const clientCertificateOperations = {
  DeleteClientCertificate: deleteClientCertificate,
  GenerateClientCertificate: generateClientCertificate,
  GetClientCertificate: getClientCertificate,
  GetClientCertificates: getClientCertificates,
  UpdateClientCertificate: updateClientCertificate,
};
