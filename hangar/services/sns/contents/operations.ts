// Every operation of the API and where it is.

import { addPermission } from "../operations/topic/add-permission.ts";
import { checkIfPhoneNumberIsOptedOut } from "../operations/sms/check-if-phone-number-is-opted-out.ts";
import { confirmSubscription } from "../operations/subscription/confirm-subscription.ts";
import { createPlatformApplication } from "../operations/push/create-platform-application.ts";
import { createPlatformEndpoint } from "../operations/push/create-platform-endpoint.ts";
import { createSMSSandboxPhoneNumber } from "../operations/sms/create-sms-sandbox-phone-number.ts";
import { createTopic } from "../operations/topic/create-topic.ts";
import { deleteEndpoint } from "../operations/push/delete-endpoint.ts";
import { deletePlatformApplication } from "../operations/push/delete-platform-application.ts";
import { deleteSMSSandboxPhoneNumber } from "../operations/sms/delete-sms-sandbox-phone-number.ts";
import { deleteTopic } from "../operations/topic/delete-topic.ts";
import { getDataProtectionPolicy } from "../operations/topic/get-data-protection-policy.ts";
import { getEndpointAttributes } from "../operations/push/get-endpoint-attributes.ts";
import { getPlatformApplicationAttributes } from "../operations/push/get-platform-application-attributes.ts";
import { getSMSAttributes } from "../operations/sms/get-sms-attributes.ts";
import { getSMSSandboxAccountStatus } from "../operations/sms/get-sms-sandbox-account-status.ts";
import { getSubscriptionAttributes } from "../operations/subscription/get-subscription-attributes.ts";
import { getTopicAttributes } from "../operations/topic/get-topic-attributes.ts";
import { listEndpointsByPlatformApplication } from "../operations/push/list-endpoints-by-platform-application.ts";
import { listOriginationNumbers } from "../operations/sms/list-origination-numbers.ts";
import { listPhoneNumbersOptedOut } from "../operations/sms/list-phone-numbers-opted-out.ts";
import { listPlatformApplications } from "../operations/push/list-platform-applications.ts";
import { listSMSSandboxPhoneNumbers } from "../operations/sms/list-sms-sandbox-phone-numbers.ts";
import { listSubscriptions } from "../operations/subscription/list-subscriptions.ts";
import { listSubscriptionsByTopic } from "../operations/subscription/list-subscriptions-by-topic.ts";
import { listTagsForResource } from "../operations/topic/list-tags-for-resource.ts";
import { listTopics } from "../operations/topic/list-topics.ts";
import { optInPhoneNumber } from "../operations/sms/opt-in-phone-number.ts";
import { publish } from "../operations/message/publish.ts";
import { publishBatch } from "../operations/message/publish-batch.ts";
import { putDataProtectionPolicy } from "../operations/topic/put-data-protection-policy.ts";
import { removePermission } from "../operations/topic/remove-permission.ts";
import { setEndpointAttributes } from "../operations/push/set-endpoint-attributes.ts";
import { setPlatformApplicationAttributes } from "../operations/push/set-platform-application-attributes.ts";
import { setSMSAttributes } from "../operations/sms/set-sms-attributes.ts";
import { setSubscriptionAttributes } from "../operations/subscription/set-subscription-attributes.ts";
import { setTopicAttributes } from "../operations/topic/set-topic-attributes.ts";
import { subscribe } from "../operations/subscription/subscribe.ts";
import { tagResource } from "../operations/topic/tag-resource.ts";
import { unsubscribe } from "../operations/subscription/unsubscribe.ts";
import { untagResource } from "../operations/topic/untag-resource.ts";
import { verifySMSSandboxPhoneNumber } from "../operations/sms/verify-sms-sandbox-phone-number.ts";

export const operations = {
  AddPermission: addPermission,
  CheckIfPhoneNumberIsOptedOut: checkIfPhoneNumberIsOptedOut,
  ConfirmSubscription: confirmSubscription,
  CreatePlatformApplication: createPlatformApplication,
  CreatePlatformEndpoint: createPlatformEndpoint,
  CreateSMSSandboxPhoneNumber: createSMSSandboxPhoneNumber,
  CreateTopic: createTopic,
  DeleteEndpoint: deleteEndpoint,
  DeletePlatformApplication: deletePlatformApplication,
  DeleteSMSSandboxPhoneNumber: deleteSMSSandboxPhoneNumber,
  DeleteTopic: deleteTopic,
  GetDataProtectionPolicy: getDataProtectionPolicy,
  GetEndpointAttributes: getEndpointAttributes,
  GetPlatformApplicationAttributes: getPlatformApplicationAttributes,
  GetSMSAttributes: getSMSAttributes,
  GetSMSSandboxAccountStatus: getSMSSandboxAccountStatus,
  GetSubscriptionAttributes: getSubscriptionAttributes,
  GetTopicAttributes: getTopicAttributes,
  ListEndpointsByPlatformApplication: listEndpointsByPlatformApplication,
  ListOriginationNumbers: listOriginationNumbers,
  ListPhoneNumbersOptedOut: listPhoneNumbersOptedOut,
  ListPlatformApplications: listPlatformApplications,
  ListSMSSandboxPhoneNumbers: listSMSSandboxPhoneNumbers,
  ListSubscriptions: listSubscriptions,
  ListSubscriptionsByTopic: listSubscriptionsByTopic,
  ListTagsForResource: listTagsForResource,
  ListTopics: listTopics,
  OptInPhoneNumber: optInPhoneNumber,
  Publish: publish,
  PublishBatch: publishBatch,
  PutDataProtectionPolicy: putDataProtectionPolicy,
  RemovePermission: removePermission,
  SetEndpointAttributes: setEndpointAttributes,
  SetPlatformApplicationAttributes: setPlatformApplicationAttributes,
  SetSMSAttributes: setSMSAttributes,
  SetSubscriptionAttributes: setSubscriptionAttributes,
  SetTopicAttributes: setTopicAttributes,
  Subscribe: subscribe,
  TagResource: tagResource,
  Unsubscribe: unsubscribe,
  UntagResource: untagResource,
  VerifySMSSandboxPhoneNumber: verifySMSSandboxPhoneNumber,
};
