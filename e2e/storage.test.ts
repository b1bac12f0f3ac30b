// The uploads bucket: as the template says, and doing what it says.
import { makeAlbum, sunset, uploadPhoto } from "./library.ts";
import { expect, test } from "./test.ts";

test("pictures are kept encrypted with the app's own key", async ({ stack, aws, cloud, ada }) => {
  cloud.needs("lifecycle");
  const album = await makeAlbum(ada);
  const { id } = await uploadPhoto(cloud, ada, album, await sunset());
  const Bucket = stack.outputs.UploadsBucket;
  const { ServerSideEncryptionConfiguration } = await aws.s3.getBucketEncryption({ Bucket });
  const rule = ServerSideEncryptionConfiguration?.Rules?.[0];
  expect(rule).toMatchObject({
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: "aws:kms",
      KMSMasterKeyID: expect.stringMatching(/^arn:aws:kms:/),
    },
    BucketKeyEnabled: true,
  });
  const head = await aws.s3.headObject({ Bucket, Key: `photos/${ada.user}/${album.id}/${id}` });
  expect(head).toMatchObject({
    ServerSideEncryption: "aws:kms",
    SSEKMSKeyId: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
    BucketKeyEnabled: true,
    ContentType: "image/png",
  });
});

test("nothing in the bucket can be made public, and a deleted picture leaves a version behind", async ({
  stack,
  aws,
  cloud,
  ada,
}) => {
  const Bucket = stack.outputs.UploadsBucket;
  const { PublicAccessBlockConfiguration } = await aws.s3.getPublicAccessBlock({ Bucket });
  expect(PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  });
  expect((await aws.s3.getBucketVersioning({ Bucket })).Status).toBe("Enabled");
  const album = await makeAlbum(ada);
  const photo = await uploadPhoto(cloud, ada, album, await sunset());
  await ada.call("DELETE", `albums/${album.id}/photos/${photo.id}`);
  const { Versions = [], DeleteMarkers = [] } = await aws.s3.listObjectVersions({
    Bucket,
    Prefix: `photos/${ada.user}/`,
  });
  expect(Versions.map(({ IsLatest }) => IsLatest)).toEqual([false]);
  expect(DeleteMarkers.map(({ IsLatest }) => IsLatest)).toEqual([true]);
});

test("the bucket tidies itself up by the template's rules", async ({ stack, aws, cloud }) => {
  cloud.needs("lifecycle");
  const { Rules = [] } = await aws.s3.getBucketLifecycleConfiguration({ Bucket: stack.outputs.UploadsBucket });
  expect(Rules.map(({ ID, Status }) => [ID, Status])).toEqual([
    ["unclaimed-uploads", "Enabled"],
    ["imports", "Enabled"],
    ["old-versions", "Enabled"],
  ]);
});

test("an upload that nobody claims is gone after a day", async ({ stack, aws, cloud }) => {
  cloud.needs("clock");
  const Bucket = stack.outputs.UploadsBucket;
  const Key = "incoming/nobody";
  await aws.s3.putObject({ Bucket, Key, Body: "unclaimed" });
  const left = async () => (await aws.s3.listObjectsV2({ Bucket, Prefix: Key })).KeyCount;
  await cloud.clock.advance("23 hours");
  expect(await left()).toBe(1);
  // S3 counts in whole days, from the midnight (UTC) that follows.
  await cloud.clock.advance("26 hours");
  expect(await left()).toBe(0);
});
