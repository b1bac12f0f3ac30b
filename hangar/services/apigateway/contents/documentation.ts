// API Gateway's operations on documentation parts and versions, by API name.

import { createDocumentationPart } from "../operations/documentation/create-documentation-part.ts";
import { createDocumentationVersion } from "../operations/documentation/create-documentation-version.ts";
import { deleteDocumentationPart } from "../operations/documentation/delete-documentation-part.ts";
import { deleteDocumentationVersion } from "../operations/documentation/delete-documentation-version.ts";
import { getDocumentationPart } from "../operations/documentation/get-documentation-part.ts";
import { getDocumentationParts } from "../operations/documentation/get-documentation-parts.ts";
import { getDocumentationVersion } from "../operations/documentation/get-documentation-version.ts";
import { getDocumentationVersions } from "../operations/documentation/get-documentation-versions.ts";
import { importDocumentationParts } from "../operations/documentation/import-documentation-parts.ts";
import { updateDocumentationPart } from "../operations/documentation/update-documentation-part.ts";
import { updateDocumentationVersion } from "../operations/documentation/update-documentation-version.ts";

export const documentationOperations = {
  CreateDocumentationPart: createDocumentationPart,
  CreateDocumentationVersion: createDocumentationVersion,
  DeleteDocumentationPart: deleteDocumentationPart,
  DeleteDocumentationVersion: deleteDocumentationVersion,
  GetDocumentationPart: getDocumentationPart,
  GetDocumentationParts: getDocumentationParts,
  GetDocumentationVersion: getDocumentationVersion,
  GetDocumentationVersions: getDocumentationVersions,
  ImportDocumentationParts: importDocumentationParts,
  UpdateDocumentationPart: updateDocumentationPart,
  UpdateDocumentationVersion: updateDocumentationVersion,
};
