// Moves a staging label from one version to another. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html

import type {
  UpdateSecretVersionStageInput,
  UpdateSecretVersionStageOutput,
} from "../../../models/secretsmanager.d.ts";
import { invalidParameter, valueNotFound } from "../errors.ts";
import { liveSecret, putSecret } from "../rules/find-secret.ts";
import { moveStages, versionWith, withoutStage } from "../rules/versions.ts";
import { CURRENT, operation } from "../store.ts";

export const updateSecretVersionStage = operation<UpdateSecretVersionStageInput, UpdateSecretVersionStageOutput>(
  (input, context) => {
    const secret = liveSecret(context, input.SecretId);
    const { VersionStage, RemoveFromVersionId, MoveToVersionId } = input;
    const holder = versionWith(secret, VersionStage);
    for (const id of [RemoveFromVersionId, MoveToVersionId]) {
      if (id !== undefined && !secret.versions.some((version) => version.id === id))
        throw valueNotFound(`VersionId: ${id}`);
    }
    if (RemoveFromVersionId !== undefined && holder?.id !== RemoveFromVersionId) {
      throw invalidParameter(`The staging label ${VersionStage} is not attached to version ${RemoveFromVersionId}.`);
    }
    if (MoveToVersionId === undefined && VersionStage === CURRENT)
      throw invalidParameter(
        "You can't remove the staging label AWSCURRENT from a version without moving it to another.",
      );
    if (
      holder !== undefined &&
      MoveToVersionId !== undefined &&
      holder.id !== MoveToVersionId &&
      RemoveFromVersionId === undefined
    ) {
      throw invalidParameter(
        `The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    const versions =
      MoveToVersionId === undefined
        ? withoutStage(secret.versions, RemoveFromVersionId ?? "", VersionStage)
        : moveStages(secret.versions, MoveToVersionId, [VersionStage]);
    putSecret(context, { ...secret, versions, changed: context.clock.now() });
    return { ARN: secret.arn, Name: secret.name };
  },
);
