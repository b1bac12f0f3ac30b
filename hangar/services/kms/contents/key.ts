// The operations of KMS on keys, by API name.

import { cancelKeyDeletion } from "../operations/key/cancel-key-deletion.ts";
import { createKey } from "../operations/key/create-key.ts";
import { describeKey } from "../operations/key/describe-key.ts";
import { disableKey } from "../operations/key/disable-key.ts";
import { disableKeyRotation } from "../operations/key/disable-key-rotation.ts";
import { enableKey } from "../operations/key/enable-key.ts";
import { enableKeyRotation } from "../operations/key/enable-key-rotation.ts";
import { getKeyPolicy } from "../operations/key/get-key-policy.ts";
import { getKeyRotationStatus } from "../operations/key/get-key-rotation-status.ts";
import { listKeyPolicies } from "../operations/key/list-key-policies.ts";
import { listKeyRotations } from "../operations/key/list-key-rotations.ts";
import { listKeys } from "../operations/key/list-keys.ts";
import { listResourceTags } from "../operations/key/list-resource-tags.ts";
import { putKeyPolicy } from "../operations/key/put-key-policy.ts";
import { rotateKeyOnDemand } from "../operations/key/rotate-key-on-demand.ts";
import { scheduleKeyDeletion } from "../operations/key/schedule-key-deletion.ts";
import { tagResource } from "../operations/key/tag-resource.ts";
import { untagResource } from "../operations/key/untag-resource.ts";
import { updateKeyDescription } from "../operations/key/update-key-description.ts";

export const keyOperations = {
  CancelKeyDeletion: cancelKeyDeletion,
  CreateKey: createKey,
  DescribeKey: describeKey,
  DisableKey: disableKey,
  DisableKeyRotation: disableKeyRotation,
  EnableKey: enableKey,
  EnableKeyRotation: enableKeyRotation,
  GetKeyPolicy: getKeyPolicy,
  GetKeyRotationStatus: getKeyRotationStatus,
  ListKeyPolicies: listKeyPolicies,
  ListKeyRotations: listKeyRotations,
  ListKeys: listKeys,
  ListResourceTags: listResourceTags,
  PutKeyPolicy: putKeyPolicy,
  RotateKeyOnDemand: rotateKeyOnDemand,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateKeyDescription: updateKeyDescription,
};
