// Operations on objects, by API name.

import { copyObject } from "../operations/object/copy-object.ts";
import { deleteObjectTagging } from "../operations/object/delete-object-tagging.ts";
import { deleteObject } from "../operations/object/delete-object.ts";
import { deleteObjects } from "../operations/object/delete-objects.ts";
import { getObjectAcl } from "../operations/object/get-object-acl.ts";
import { getObjectAttributes } from "../operations/object/get-object-attributes.ts";
import { getObjectLegalHold } from "../operations/object/get-object-legal-hold.ts";
import { getObjectRetention } from "../operations/object/get-object-retention.ts";
import { getObjectTagging } from "../operations/object/get-object-tagging.ts";
import { getObject } from "../operations/object/get-object.ts";
import { headObject } from "../operations/object/head-object.ts";
import { listObjectVersions } from "../operations/object/list-object-versions.ts";
import { listObjectsV2 } from "../operations/object/list-objects-v2.ts";
import { listObjects } from "../operations/object/list-objects.ts";
import { putObjectAcl } from "../operations/object/put-object-acl.ts";
import { putObjectLegalHold } from "../operations/object/put-object-legal-hold.ts";
import { putObjectRetention } from "../operations/object/put-object-retention.ts";
import { putObjectTagging } from "../operations/object/put-object-tagging.ts";
import { putObject } from "../operations/object/put-object.ts";
import { renameObject } from "../operations/object/rename-object.ts";
import { restoreObject } from "../operations/object/restore-object.ts";
import { selectObjectContent } from "../operations/object/select-object-content.ts";
import { updateObjectEncryption } from "../operations/object/update-object-encryption.ts";

export const objectOperations = {
  CopyObject: copyObject,
  DeleteObjectTagging: deleteObjectTagging,
  DeleteObject: deleteObject,
  DeleteObjects: deleteObjects,
  GetObjectAcl: getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  GetObjectLegalHold: getObjectLegalHold,
  GetObjectRetention: getObjectRetention,
  GetObjectTagging: getObjectTagging,
  GetObject: getObject,
  HeadObject: headObject,
  ListObjectVersions: listObjectVersions,
  ListObjectsV2: listObjectsV2,
  ListObjects: listObjects,
  PutObjectAcl: putObjectAcl,
  PutObjectLegalHold: putObjectLegalHold,
  PutObjectRetention: putObjectRetention,
  PutObjectTagging: putObjectTagging,
  PutObject: putObject,
  RenameObject: renameObject,
  RestoreObject: restoreObject,
  SelectObjectContent: selectObjectContent,
  UpdateObjectEncryption: updateObjectEncryption,
};
