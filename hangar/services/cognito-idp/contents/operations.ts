// The operations of Cognito user pools, by their API names.

import { deleteUserAttributes } from "../operations/attribute/delete-user-attributes.ts";
import { deleteUser } from "../operations/attribute/delete-user.ts";
import { getUserAttributeVerificationCode } from "../operations/attribute/get-user-attribute-verification-code.ts";
import { getUser } from "../operations/attribute/get-user.ts";
import { updateUserAttributes } from "../operations/attribute/update-user-attributes.ts";
import { verifyUserAttribute } from "../operations/attribute/verify-user-attribute.ts";
import { addUserPoolClientSecret } from "../operations/client/add-user-pool-client-secret.ts";
import { createUserPoolClient } from "../operations/client/create-user-pool-client.ts";
import { deleteUserPoolClientSecret } from "../operations/client/delete-user-pool-client-secret.ts";
import { deleteUserPoolClient } from "../operations/client/delete-user-pool-client.ts";
import { describeUserPoolClient } from "../operations/client/describe-user-pool-client.ts";
import { listUserPoolClientSecrets } from "../operations/client/list-user-pool-client-secrets.ts";
import { listUserPoolClients } from "../operations/client/list-user-pool-clients.ts";
import { updateUserPoolClient } from "../operations/client/update-user-pool-client.ts";
import { createUserPoolDomain } from "../operations/domain/create-user-pool-domain.ts";
import { deleteUserPoolDomain } from "../operations/domain/delete-user-pool-domain.ts";
import { describeUserPoolDomain } from "../operations/domain/describe-user-pool-domain.ts";
import { updateUserPoolDomain } from "../operations/domain/update-user-pool-domain.ts";
import { adminAddUserToGroup } from "../operations/group/admin-add-user-to-group.ts";
import { adminListGroupsForUser } from "../operations/group/admin-list-groups-for-user.ts";
import { adminRemoveUserFromGroup } from "../operations/group/admin-remove-user-from-group.ts";
import { createGroup } from "../operations/group/create-group.ts";
import { deleteGroup } from "../operations/group/delete-group.ts";
import { getGroup } from "../operations/group/get-group.ts";
import { listGroups } from "../operations/group/list-groups.ts";
import { listUsersInGroup } from "../operations/group/list-users-in-group.ts";
import { updateGroup } from "../operations/group/update-group.ts";
import { adminDeleteSoftwareToken } from "../operations/mfa/admin-delete-software-token.ts";
import { associateSoftwareToken } from "../operations/mfa/associate-software-token.ts";
import { getUserAuthFactors } from "../operations/mfa/get-user-auth-factors.ts";
import { setUserSettings } from "../operations/mfa/set-user-settings.ts";
import { setUserMfaPreference } from "../operations/mfa/set-user-mfa-preference.ts";
import { verifySoftwareToken } from "../operations/mfa/verify-software-token.ts";
import { changePassword } from "../operations/password/change-password.ts";
import { confirmForgotPassword } from "../operations/password/confirm-forgot-password.ts";
import { forgotPassword } from "../operations/password/forgot-password.ts";
import { addCustomAttributes } from "../operations/pool/add-custom-attributes.ts";
import { createUserPool } from "../operations/pool/create-user-pool.ts";
import { deleteUserPool } from "../operations/pool/delete-user-pool.ts";
import { describeUserPool } from "../operations/pool/describe-user-pool.ts";
import { getUserPoolMfaConfig } from "../operations/pool/get-user-pool-mfa-config.ts";
import { listTagsForResource } from "../operations/pool/list-tags-for-resource.ts";
import { listUserPools } from "../operations/pool/list-user-pools.ts";
import { setUserPoolMfaConfig } from "../operations/pool/set-user-pool-mfa-config.ts";
import { tagResource } from "../operations/pool/tag-resource.ts";
import { untagResource } from "../operations/pool/untag-resource.ts";
import { updateUserPool } from "../operations/pool/update-user-pool.ts";
import { createResourceServer } from "../operations/resource-server/create-resource-server.ts";
import { deleteResourceServer } from "../operations/resource-server/delete-resource-server.ts";
import { describeResourceServer } from "../operations/resource-server/describe-resource-server.ts";
import { listResourceServers } from "../operations/resource-server/list-resource-servers.ts";
import { updateResourceServer } from "../operations/resource-server/update-resource-server.ts";
import { adminInitiateAuth } from "../operations/sign-in/admin-initiate-auth.ts";
import { adminRespondToAuthChallenge } from "../operations/sign-in/admin-respond-to-auth-challenge.ts";
import { initiateAuth } from "../operations/sign-in/initiate-auth.ts";
import { respondToAuthChallenge } from "../operations/sign-in/respond-to-auth-challenge.ts";
import { confirmSignUp } from "../operations/sign-up/confirm-sign-up.ts";
import { resendConfirmationCode } from "../operations/sign-up/resend-confirmation-code.ts";
import { signUp } from "../operations/sign-up/sign-up.ts";
import { getTokensFromRefreshToken } from "../operations/token/get-tokens-from-refresh-token.ts";
import { globalSignOut } from "../operations/token/global-sign-out.ts";
import { revokeToken } from "../operations/token/revoke-token.ts";
import { adminConfirmSignUp } from "../operations/user/admin-confirm-sign-up.ts";
import { adminCreateUser } from "../operations/user/admin-create-user.ts";
import { adminDeleteUserAttributes } from "../operations/user/admin-delete-user-attributes.ts";
import { adminDeleteUser } from "../operations/user/admin-delete-user.ts";
import { adminDisableUser } from "../operations/user/admin-disable-user.ts";
import { adminEnableUser } from "../operations/user/admin-enable-user.ts";
import { adminGetUserAuthFactors } from "../operations/user/admin-get-user-auth-factors.ts";
import { adminGetUser } from "../operations/user/admin-get-user.ts";
import { adminResetUserPassword } from "../operations/user/admin-reset-user-password.ts";
import { adminSetUserMfaPreference } from "../operations/user/admin-set-user-mfa-preference.ts";
import { adminSetUserSettings } from "../operations/user/admin-set-user-settings.ts";
import { adminSetUserPassword } from "../operations/user/admin-set-user-password.ts";
import { adminUpdateUserAttributes } from "../operations/user/admin-update-user-attributes.ts";
import { adminUserGlobalSignOut } from "../operations/user/admin-user-global-sign-out.ts";
import { listUsers } from "../operations/user/list-users.ts";
import { brandingOperations } from "./branding.ts";
import { deviceOperations } from "./device.ts";
import { passkeyOperations } from "./passkey.ts";
import { identityProviderOperations } from "./identity-provider.ts";

export const operations = {
  ...brandingOperations,
  ...deviceOperations,
  ...passkeyOperations,
  ...identityProviderOperations,
  AddCustomAttributes: addCustomAttributes,
  AddUserPoolClientSecret: addUserPoolClientSecret,
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminCreateUser: adminCreateUser,
  AdminDeleteSoftwareToken: adminDeleteSoftwareToken,
  AdminDeleteUser: adminDeleteUser,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminGetUser: adminGetUser,
  AdminGetUserAuthFactors: adminGetUserAuthFactors,
  AdminInitiateAuth: adminInitiateAuth,
  AdminListGroupsForUser: adminListGroupsForUser,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  AdminResetUserPassword: adminResetUserPassword,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  AdminSetUserMFAPreference: adminSetUserMfaPreference,
  AdminSetUserSettings: adminSetUserSettings,
  AdminSetUserPassword: adminSetUserPassword,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  AssociateSoftwareToken: associateSoftwareToken,
  ChangePassword: changePassword,
  ConfirmForgotPassword: confirmForgotPassword,
  ConfirmSignUp: confirmSignUp,
  CreateGroup: createGroup,
  CreateResourceServer: createResourceServer,
  CreateUserPool: createUserPool,
  CreateUserPoolClient: createUserPoolClient,
  CreateUserPoolDomain: createUserPoolDomain,
  DeleteGroup: deleteGroup,
  DeleteResourceServer: deleteResourceServer,
  DeleteUser: deleteUser,
  DeleteUserAttributes: deleteUserAttributes,
  DeleteUserPool: deleteUserPool,
  DeleteUserPoolClient: deleteUserPoolClient,
  DeleteUserPoolClientSecret: deleteUserPoolClientSecret,
  DeleteUserPoolDomain: deleteUserPoolDomain,
  DescribeResourceServer: describeResourceServer,
  DescribeUserPool: describeUserPool,
  DescribeUserPoolClient: describeUserPoolClient,
  DescribeUserPoolDomain: describeUserPoolDomain,
  ForgotPassword: forgotPassword,
  GetGroup: getGroup,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUser: getUser,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  GetUserAuthFactors: getUserAuthFactors,
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
  GlobalSignOut: globalSignOut,
  InitiateAuth: initiateAuth,
  ListGroups: listGroups,
  ListResourceServers: listResourceServers,
  ListTagsForResource: listTagsForResource,
  ListUserPoolClientSecrets: listUserPoolClientSecrets,
  ListUserPoolClients: listUserPoolClients,
  ListUserPools: listUserPools,
  ListUsers: listUsers,
  ListUsersInGroup: listUsersInGroup,
  ResendConfirmationCode: resendConfirmationCode,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  SetUserMFAPreference: setUserMfaPreference,
  SetUserSettings: setUserSettings,
  SetUserPoolMfaConfig: setUserPoolMfaConfig,
  SignUp: signUp,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateGroup: updateGroup,
  UpdateResourceServer: updateResourceServer,
  UpdateUserAttributes: updateUserAttributes,
  UpdateUserPool: updateUserPool,
  UpdateUserPoolClient: updateUserPoolClient,
  UpdateUserPoolDomain: updateUserPoolDomain,
  VerifySoftwareToken: verifySoftwareToken,
  VerifyUserAttribute: verifyUserAttribute,
};
