// Static websites and what they say of what is missing, as they were recorded from AWS (see ../NOTICE).

import { expect } from "vitest";
import { allowPublicLists } from "./requests.ts";
import { BUCKET, recorded, type RawAnswer, type Session } from "./session.ts";

const SITE = "TestS3StaticWebsiteHosting::test_website_hosting_";
const ACL = "public-read";

const visit = (s: Session, path: string, method = "GET", bucket = BUCKET): Promise<RawAnswer> =>
  s.send(`http://${bucket}.s3-website.localhost/${path}`, { method });

/** A page's lines compared with the recorded ones, whose ids have no numbers. */
async function page(s: Session, label: string, answer: Promise<RawAnswer>): Promise<void> {
  s.matches(label, (await answer).body.split("\n"), numbered);
}

let pages = 0;
function numbered(recorded: unknown): readonly string[] {
  pages += 1;
  const text = typeof recorded === "string" ? recorded : (recorded as { content: string }).content;
  return text.replaceAll(/<(request-id|host-id)>/g, `<$1:${pages}>`).split("\n");
}

async function publish(s: Session, ...keys: string[]): Promise<void> {
  for (const Key of keys) await s.do("PutObject", { Key, Body: Key, ACL, ContentType: "text/html" });
}

async function opened(s: Session, configuration?: object): Promise<void> {
  await allowPublicLists(s);
  await s.do("PutBucketAcl", { ACL });
  if (configuration !== undefined) await s.do("PutBucketWebsite", { WebsiteConfiguration: configuration });
}
const INDEX = { IndexDocument: { Suffix: "index.html" } };

recorded(import.meta.url, "general", {
  async [`${SITE}no_such_website`](s) {
    await page(s, "no-such-bucket", visit(s, "", "GET", "recorded-bucket-that-is-not"));
    s.bindings.delete("<bucket-name>");
    await page(s, "no-such-website-config", visit(s, ""));
    await page(s, "no-such-website-config-key", visit(s, "actual/key"));
  },
  async [`${SITE}http_methods`](s) {
    await opened(s, INDEX);
    await publish(s, "index.html");
    await page(s, "not-allowed-post", visit(s, "index.html", "POST"));
    await page(s, "not-allowed-delete", visit(s, "index.html", "DELETE"));
  },
  async [`${SITE}index_lookup`](s) {
    await opened(s, INDEX);
    await publish(s, "index.html", "directory/index.html");
    expect((await visit(s, "")).body).toBe("index.html");
    const slashed = await visit(s, "directory");
    expect([slashed.status, slashed.headers["location"]]).toEqual([302, "/directory/"]);
    expect((await visit(s, "directory/")).body).toBe("directory/index.html");
    await page(s, "404-no-trailing-slash", visit(s, "directory-wrong"));
    await page(s, "404-with-trailing-slash", visit(s, "directory-wrong/"));
  },
  async [`${SITE}404`](s) {
    await opened(s, INDEX);
    await page(s, "404-no-such-key", visit(s, ""));
    const ErrorDocument = { Key: "error.html" };
    await s.do("PutBucketWebsite", { WebsiteConfiguration: { ...INDEX, ErrorDocument } });
    await page(s, "404-no-such-key-nor-custom", visit(s, ""));
    await publish(s, "error.html");
    const custom = await visit(s, "");
    expect([custom.status, custom.body]).toEqual([404, "error.html"]);
  },
});
