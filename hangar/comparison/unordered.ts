// Lists that AWS gives in no order: by service, operation and where in the answer they stand.

type Place = { readonly service: string; readonly operation: string };

const EVERYWHERE = /(^|\.)(tags|tagset|taglist|subnetids|securitygroupids|(SS|NS|BS))$/i;

/** Service, operations, path in the answer. */
const PLACES: readonly (readonly [RegExp, RegExp, RegExp])[] = [
  [/^dynamodb$/, /^(Scan|ExecuteStatement)$/, /^output\.Items$/],
  [/^dynamodb$/, /^BatchGetItem$/, /^output\.Responses\./],
  [/^dynamodb$/, /Table$/, /(AttributeDefinitions|(Global|Local)SecondaryIndexes|Replicas)$/],
  [/^sqs$/, /^ReceiveMessage$/, /^output\.Messages$/],
  [/^sqs$/, /^ListQueues$/, /^output\.QueueUrls$/],
  [/^(sqs|sns|events)$/, /Batch$|^PutEvents$/, /^output\.(Successful|Failed)$/],
  [/^sns$/, /^List/, /^output\.(Topics|Subscriptions)$/],
  [/^events$/, /^List/, /^output\.(Rules|Targets)$/],
  [/^lambda$/, /^List/, /^output\.\w+$/],
  [/^iam$/, /^(List|Get)/, /^output\.\w+$/],
  [/^kms$/, /^List/, /^output\.\w+$/],
  [/^cloudwatch$/, /^(ListMetrics|DescribeAlarms)$/, /^output\.\w+$/],
  [/^cloudformation$/, /^(List|Describe)/, /^output\.\w+$|\.(Outputs|Parameters|Capabilities)$/],
  [/^ec2$/, /^Describe/, /./],
  [/^(ecs|elbv2|rds)$/, /^(List|Describe)/, /^output\.\w+$/],
];

export function isUnordered({ service, operation }: Place, path: string): boolean {
  if (EVERYWHERE.test(path)) return true;
  return PLACES.some(([ofService, ofOperation, ofPath]) => {
    return ofService.test(service) && ofOperation.test(operation) && ofPath.test(path);
  });
}
