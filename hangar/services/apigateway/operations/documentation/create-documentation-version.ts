// Keeps an API's documentation as it is now. https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDocumentationVersion.html

import type {
  CreateDocumentationVersionInput,
  CreateDocumentationVersionOutput,
} from "../../../../models/apigateway.d.ts";
import { conflict } from "../../errors.ts";
import { versionAnswer } from "../../rules/answers.ts";
import { partsOf } from "../../rules/documentation.ts";
import { apiOf, key, operation, stageOf, type DocumentationVersionRow } from "../../store.ts";

export const createDocumentationVersion = operation<CreateDocumentationVersionInput, CreateDocumentationVersionOutput>(
  (input, context) => {
    const { store, clock } = context;
    const { restApiId, documentationVersion: version, stageName, description } = input;
    apiOf(context, restApiId);
    const stage = stageName === undefined ? undefined : stageOf(context, restApiId, stageName);
    if (store.documentationVersions.has(key(restApiId, version)))
      throw conflict(`Documentation version already exists: ${version}`);
    const row: DocumentationVersionRow = {
      version,
      ...(description === undefined ? {} : { description }),
      createdDate: clock.now(),
      parts: partsOf(context, restApiId),
    };
    store.documentationVersions.put(key(restApiId, version), row);
    if (stage !== undefined)
      store.stages.put(key(restApiId, stage.stageName), { ...stage, documentationVersion: version });
    return versionAnswer(row);
  },
);
