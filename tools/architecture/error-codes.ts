// Error codes that AWS sends but its models do not list, each with the reason it is believed.

import type { ServiceModel } from "../../hangar/models/model.ts";

/** Any service may send these. */
const everywhere: Readonly<Record<string, string>> = {
  NotEmulated: "ours: what is not emulated is never answered as a success",
  AccessDenied: "IAM's denial in the XML protocols",
  AccessDeniedException: "IAM's denial in the JSON protocols",
  ValidationException: "a modelled constraint is broken (JSON protocols)",
  ValidationError: "a modelled constraint is broken (query protocol)",
  SerializationException: "the body cannot be read",
  UnknownOperationException: "no such operation (JSON protocols)",
  InvalidAction: "no such operation (query protocol)",
  ThrottlingException: "AWS common errors",
  Throttling: "AWS common errors (query protocol)",
  RequestLimitExceeded: "AWS common errors",
  InternalFailure: "AWS common errors",
  InternalError: "AWS common errors (XML protocols)",
  ServiceUnavailable: "AWS common errors",
  MissingParameter: "AWS common errors (query protocol)",
  MissingAction: "AWS common errors (query protocol)",
  InvalidParameterValue: "AWS common errors (query protocol)",
  InvalidParameterCombination: "AWS common errors (query protocol)",
  MalformedQueryString: "AWS common errors (query protocol)",
  ExpiredToken: "the session has ended (XML protocols)",
  ExpiredTokenException: "the session has ended (JSON protocols)",
  InvalidClientTokenId: "no such access key",
  UnrecognizedClientException: "no such access key (JSON protocols)",
  SignatureDoesNotMatch: "the signature is wrong",
  IncompleteSignature: "the signature is incomplete",
  OptInRequired: "AWS common errors",
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html: the model lists a dozen of these. */
const s3 = `AccessControlListNotSupported AccessForbidden AccountProblem AllAccessDisabled AmbiguousGrantByEmailAddress
  AuthorizationHeaderMalformed AuthorizationQueryParametersError BadDigest BadRequest BucketAlreadyExists
  BucketAlreadyOwnedByYou BucketNotEmpty ConditionalRequestConflict CredentialsNotSupported CrossLocationLoggingProhibited
  EntityTooLarge EntityTooSmall ExpiredToken IllegalLocationConstraintException IllegalVersioningConfigurationException
  IncompleteBody IncorrectNumberOfFilesInPostRequest InlineDataTooLarge InvalidAccessKeyId InvalidAccessPoint
  InvalidAddressingHeader InvalidArgument InvalidBucketAclWithObjectOwnership InvalidBucketName InvalidBucketOwnerAWSAccountID
  InvalidBucketState InvalidDigest InvalidEncryptionAlgorithmError InvalidHostHeader InvalidHttpMethod InvalidLocationConstraint
  InvalidObjectState InvalidPart InvalidPartNumber InvalidPartOrder InvalidPayer InvalidPolicyDocument InvalidRange
  InvalidRequest InvalidSecurity InvalidSessionException InvalidSOAPRequest InvalidStorageClass InvalidTag
  InvalidTargetBucketForLogging InvalidToken InvalidURI InvalidWebsiteRedirectLocation KeyTooLongError
  KMS.DisabledException KMS.InvalidStateException KMS.NotFoundException MalformedACLError MalformedPOSTRequest MalformedPolicy
  MalformedXML MaxMessageLengthExceeded MaxPostPreDataLengthExceededError MetadataTooLarge MethodNotAllowed MissingAttachment
  MissingContentLength MissingRequestBodyError MissingSecurityElement MissingSecurityHeader NoLoggingStatusForKey
  NoSuchBucketPolicy NoSuchCORSConfiguration NoSuchConfiguration NoSuchLifecycleConfiguration NoSuchObjectLockConfiguration
  NoSuchPublicAccessBlockConfiguration NoSuchTagSet NoSuchTagSetError NoSuchUpload NoSuchVersion NoSuchWebsiteConfiguration
  NotImplemented NotModified ObjectLockConfigurationNotFoundError OwnershipControlsNotFoundError OperationAborted
  PermanentRedirect PreconditionFailed Redirect ReplicationConfigurationNotFoundError RequestHeaderSectionTooLarge
  RequestIsNotMultiPartContent RequestTimeTooSkewed RequestTimeout RestoreAlreadyInProgress
  ServerSideEncryptionConfigurationNotFoundError SlowDown TemporaryRedirect TokenCodeInvalidError TokenRefreshRequired
  TooManyBuckets TooManyMultipartUploads TooManyParts UnauthorizedAccess UnexpectedContent UnresolvableGrantByEmailAddress
  UnsupportedArgument UserKeyMustBeSpecified XAmzContentSHA256Mismatch NoSuchAccessPoint AccessPointAlreadyOwnedByYou
  BucketHasAccessPointsAttached InvalidRegionName
  NoSuchKey NoSuchBucket NotFound 304 403 404 412`;

/** The same list, and the answers recorded from AWS. */
const s3control = "InvalidRequest InvalidTag InvalidURI MalformedXML NoSuchAccessPointPolicy NoSuchResource";

const listed: Readonly<Record<string, ReadonlySet<string>>> = {
  s3: new Set(s3.split(/\s+/)),
  s3control: new Set(s3control.split(/\s+/)),
  // Recorded: CreateFunction with an archive that is too large.
  lambda: new Set(["RequestEntityTooLargeException"]),
  // CreateAlias with a name under alias/aws/; in no list of the documentation, and what clients have met.
  kms: new Set(["NotAuthorizedException"]),
  // Ids that cannot be a connection's, as clients have met it (https://github.com/localstack/localstack/issues/4694).
  apigatewaymanagementapi: new Set(["BadRequestException"]),
};

/** Models with no error shapes at all; their codes are on a page of the service's API reference. */
const unmodelled: Readonly<Record<string, string>> = {
  ec2: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html",
};

/** The codes a model declares, by every name the wire may use. */
function modelledCodes(model: ServiceModel): ReadonlySet<string> {
  const codes = new Set<string>();
  for (const [name, shape] of Object.entries(model.shapes)) {
    if (!("members" in shape) || shape.error === undefined) continue;
    for (const code of [name, shape.error.code, shape.error.queryCode]) if (code !== undefined) codes.add(code);
  }
  return codes;
}

/** Says whether AWS may send a code for a service. */
export function codesOf(model: ServiceModel): (code: string) => boolean {
  const own = modelledCodes(model);
  const page = listed[model.service];
  return (code) => own.has(code) || code in everywhere || page?.has(code) === true || model.service in unmodelled;
}

/** Codes that a source file names: the first literal of `new AwsError(…)` and of the helpers in errors.ts. */
export function codesIn(text: string): readonly string[] {
  const calls = text.matchAll(/\b(?:new AwsError|[a-z]\w*)\(\s*"([A-Z][A-Za-z0-9]*(?:\.[A-Z][A-Za-z0-9]*)*)"\s*[,)]/g);
  return [...new Set([...calls].map((call) => call[1] ?? ""))];
}
