// A bucket of a thousand to a million keys: filled, listed and emptied, beside s3rver with as many as it bears.

import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { startHangar, startServer, type Server } from "../child.ts";
import { BUCKET as Bucket, deleteKeys, keyOf, pageOfKeys, putKeys, sent, type Paging } from "../many-keys.ts";
import { atLeast, atMost, median, ms, timed, type Row } from "../table.ts";

const PAGE = 1000;
const LARGE = 1_000_000;
/** s3rver reads its whole folder for each page, and keeps three files for each key. */
const OF_PEER = 10_000;
const PAGES = 100;
const PAGES_OF_PEER = 5;

type Asked = { readonly size: number; readonly pages: number; readonly paging: Paging };

type Measured = {
  readonly size: number;
  /** Milliseconds of a page of a thousand: in a bucket of a thousand, in the full one, and of all pages in turn. */
  readonly small: number;
  readonly large: number;
  readonly inTurn: number;
  /** Milliseconds for a thousand. */
  readonly put: number;
  readonly deleted: number;
  /** Kilobytes for each key. */
  readonly memory: number;
};

export async function run(): Promise<readonly Row[]> {
  const peer = await withServer(startServer("./s3rver-server.js"), async (server) => {
    await sent(server.port, "PUT", `/${Bucket}`);
    return measure(server, { size: OF_PEER, pages: PAGES_OF_PEER, paging: "marker" });
  });
  const own = await withServer(startHangar(), async (server) => {
    await openBucket(server.port);
    return measure(server, { size: LARGE, pages: PAGES, paging: "list-type=2&start-after" });
  });
  return rowsOf(own, peer);
}

async function withServer(starting: Promise<Server>, use: (server: Server) => Promise<Measured>): Promise<Measured> {
  const server = await starting;
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}

/** Whoever comes may do all of it, as with s3rver: a million signatures would measure the client. */
async function openBucket(port: number): Promise<void> {
  const s3 = new S3Client({
    endpoint: `http://127.0.0.1:${port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    forcePathStyle: true,
  });
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  const Action = ["s3:PutObject", "s3:DeleteObject", "s3:ListBucket"];
  const Resource = [`arn:aws:s3:::${Bucket}`, `arn:aws:s3:::${Bucket}/*`];
  const Statement = [{ Effect: "Allow", Principal: "*", Action, Resource }];
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
  s3.destroy();
}

async function measure({ port, residentMb }: Server, { size, pages, paging }: Asked): Promise<Measured> {
  const page = (after?: string): Promise<readonly string[]> => pageOfKeys(port, paging, after);
  await putKeys(port, 0, PAGE);
  const small = await pageTime(page, pages, 0);
  const idle = residentMb();
  const putting = await timed(() => putKeys(port, PAGE, size));
  const memory = ((residentMb() - idle) * 1024) / (size - PAGE);
  const large = await pageTime(page, pages, size / 2);
  const listing = await timed(() => listAll(page, size));
  const deleting = await timed(() => deleteAll(port, page, size));
  const thousands = size / PAGE;
  return {
    size,
    small,
    large,
    inTurn: listing / thousands,
    put: putting / (thousands - 1),
    deleted: deleting / thousands,
    memory,
  };
}

type PageAfter = (after?: string) => Promise<readonly string[]>;

/** Of a full page, wherever in the first half it begins. */
async function pageTime(page: PageAfter, pages: number, upTo: number): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < pages; count += 1) {
    const after = upTo === 0 ? undefined : keyOf((count * 7919) % upTo);
    times.push(
      await timed(async () => {
        const keys = await page(after);
        if (keys.length !== PAGE) throw new Error(`${keys.length} keys.`);
      }),
    );
  }
  return median(times);
}

async function listAll(page: PageAfter, size: number): Promise<void> {
  let count = 0;
  for (let keys = await page(); keys.length > 0; keys = await page(keys.at(-1))) count += keys.length;
  if (count !== size) throw new Error(`${count} of ${size} keys listed.`);
}

/** What each page lists, until there is none: as `aws s3 rm --recursive` does. */
async function deleteAll(port: number, page: PageAfter, size: number): Promise<void> {
  let count = 0;
  for (let keys = await page(); keys.length > 0; keys = await page()) {
    await deleteKeys(port, keys);
    count += keys.length;
  }
  if (count !== size) throw new Error(`${count} of ${size} keys deleted.`);
}

const counted = (size: number): string => size.toLocaleString("en");

function rowsOf(own: Measured, peer: Measured): Row[] {
  const flat = own.large / own.small;
  const beside = (what: string, of: "large" | "inTurn" | "put" | "deleted"): Row => {
    const ratio = peer[of] / own[of];
    const against = `s3rver, bucket of ${counted(peer.size)}: ${ms(peer[of])}`;
    return { what, measured: ms(own[of]), against, ratio, ...atLeast(1, ratio) };
  };
  const full = `bucket of ${counted(own.size)}`;
  return [
    {
      what: `a page of 1,000 keys, ${full}, p50`,
      measured: ms(own.large),
      against: `bucket of 1,000: ${ms(own.small)}`,
      ratio: flat,
      ...atMost(1.5, flat),
    },
    beside(`the same page`, "large"),
    beside(`every page of ${full} in turn, each`, "inTurn"),
    beside(`1,000 objects of a byte put, of ${counted(own.size)}`, "put"),
    beside(`1,000 keys listed and deleted, of ${counted(own.size)}`, "deleted"),
    { what: `memory for a key, of ${counted(own.size)}`, measured: `${own.memory.toFixed(2)} KB` },
  ];
}
