// Amazon S3 Control: access points, what accounts block, tags by ARN, and batch operations.

import { defineService } from "../../cloud/service.ts";
import { access } from "./access.ts";
import { createAccessPoint } from "./operations/access-point/create-access-point.ts";
import { deleteAccessPointPolicy } from "./operations/access-point/delete-access-point-policy.ts";
import { deleteAccessPoint } from "./operations/access-point/delete-access-point.ts";
import { getAccessPointPolicyStatus } from "./operations/access-point/get-access-point-policy-status.ts";
import { getAccessPointPolicy } from "./operations/access-point/get-access-point-policy.ts";
import { getAccessPoint } from "./operations/access-point/get-access-point.ts";
import { listAccessPoints } from "./operations/access-point/list-access-points.ts";
import { putAccessPointPolicy } from "./operations/access-point/put-access-point-policy.ts";
import { deletePublicAccessBlock } from "./operations/account/delete-public-access-block.ts";
import { getPublicAccessBlock } from "./operations/account/get-public-access-block.ts";
import { putPublicAccessBlock } from "./operations/account/put-public-access-block.ts";
import { listTagsForResource } from "./operations/tags/list-tags-for-resource.ts";
import { tagResource } from "./operations/tags/tag-resource.ts";
import { untagResource } from "./operations/tags/untag-resource.ts";
import { createJob } from "./operations/job/create-job.ts";
import { describeJob } from "./operations/job/describe-job.ts";
import { listJobs } from "./operations/job/list-jobs.ts";
import { updateJobStatus } from "./operations/job/update-job-status.ts";
import { updateJobPriority } from "./operations/job/update-job-priority.ts";
import { putJobTagging } from "./operations/job/put-job-tagging.ts";
import { getJobTagging } from "./operations/job/get-job-tagging.ts";
import { deleteJobTagging } from "./operations/job/delete-job-tagging.ts";
import { accessPoint } from "./resources/access-point.ts";
import { refusal } from "./rules/refusals.ts";
import { tables } from "./store.ts";
import { runJob } from "./workers/run-job.ts";

export const service = defineService({
  name: "s3control",
  tables,
  operations: {
    CreateAccessPoint: createAccessPoint,
    DeleteAccessPoint: deleteAccessPoint,
    DeleteAccessPointPolicy: deleteAccessPointPolicy,
    DeletePublicAccessBlock: deletePublicAccessBlock,
    GetAccessPoint: getAccessPoint,
    GetAccessPointPolicy: getAccessPointPolicy,
    GetAccessPointPolicyStatus: getAccessPointPolicyStatus,
    GetPublicAccessBlock: getPublicAccessBlock,
    ListAccessPoints: listAccessPoints,
    ListTagsForResource: listTagsForResource,
    PutAccessPointPolicy: putAccessPointPolicy,
    PutPublicAccessBlock: putPublicAccessBlock,
    TagResource: tagResource,
    UntagResource: untagResource,
    CreateJob: createJob,
    DescribeJob: describeJob,
    ListJobs: listJobs,
    UpdateJobStatus: updateJobStatus,
    UpdateJobPriority: updateJobPriority,
    PutJobTagging: putJobTagging,
    GetJobTagging: getJobTagging,
    DeleteJobTagging: deleteJobTagging,
  },
  access,
  validationFailed: refusal,
  workers: { runJob },
  resources: [accessPoint],
});
