// Albums: made, listed, changed, deleted; and what is refused leaves them as they were.
import { callApi, signUp } from "./account.ts";
import { makeAlbum } from "./library.ts";
import type { Album } from "./library.ts";
import { expect, test } from "./test.ts";

type List = { readonly albums: readonly Album[]; readonly cursor?: string };

test("an album is made, read, changed and deleted", async ({ ada }) => {
  const made = await ada.call<Album>("POST", "albums", { title: "  Summer ", description: "By the sea" });
  expect(made.status).toBe(201);
  expect(made.body).toEqual({
    id: expect.any(String),
    title: "Summer",
    description: "By the sea",
    createdAt: expect.any(String),
    updatedAt: expect.any(String),
  });
  const path = `albums/${made.body.id}`;
  expect(await ada.call("GET", path)).toMatchObject({ status: 200, body: made.body });
  const changed = await ada.call<Album>("PUT", path, { title: "Late summer" });
  expect(changed).toMatchObject({ status: 200, body: { id: made.body.id, title: "Late summer", description: "" } });
  expect((await ada.call("DELETE", path)).status).toBe(204);
  expect(await ada.call("GET", path)).toMatchObject({ status: 404, body: { message: "There is no such album" } });
  expect((await ada.call<List>("GET", "albums")).body).toEqual({ albums: [] });
});

test("a list comes in pages", async ({ ada }) => {
  for (const title of ["One", "Two", "Three"]) await makeAlbum(ada, title);
  const first = (await ada.call<List>("GET", "albums?limit=2")).body;
  expect([first.albums.length, typeof first.cursor]).toEqual([2, "string"]);
  const second = (await ada.call<List>("GET", `albums?limit=2&cursor=${first.cursor}`)).body;
  expect(second.albums).toHaveLength(1);
  const titles = [...first.albums, ...second.albums].map(({ title }) => title);
  expect(new Set(titles)).toEqual(new Set(["One", "Two", "Three"]));
});

test("one user's album is nobody else's", async ({ stack, aws, ada }) => {
  const eve = await signUp(stack, aws);
  const album = await makeAlbum(ada);
  for (const [method, body] of [["GET"], ["PUT", { title: "Mine" }], ["DELETE"]] as const) {
    expect((await eve.call(method, `albums/${album.id}`, body)).status).toBe(404);
  }
  expect((await eve.call<List>("GET", "albums")).body.albums).toEqual([]);
  await makeAlbum(ada);
  const { cursor } = (await ada.call<List>("GET", "albums?limit=1")).body;
  expect((await eve.call("GET", `albums?cursor=${cursor}`)).status).toBe(400);
  expect((await ada.call<Album>("GET", `albums/${album.id}`)).body.title).toBe("Summer");
});

test.for([
  ["there is no title", {}, "Invalid request body"],
  ["the title is empty", { title: "" }, "Invalid request body"],
  ["the title is a number", { title: 7 }, "Invalid request body"],
  ["the title is too long", { title: "x".repeat(121) }, "Invalid request body"],
  ["there is an unknown field", { title: "x", owner: "eve" }, "Invalid request body"],
  ["it is not JSON", "{", "Invalid request body"],
  ["the title is blank", { title: "   " }, "title is empty"],
] as const)("an album is refused when %s, and nothing changes", async ([, body, message], { ada }) => {
  const album = await makeAlbum(ada);
  const made = await ada.call("POST", "albums", body);
  expect([made.status, made.body]).toEqual([400, { message }]);
  expect((await ada.call("PUT", `albums/${album.id}`, body)).status).toBe(400);
  expect((await ada.call<List>("GET", "albums")).body.albums).toEqual([album]);
});

test.for(["limit=0", "limit=101", "limit=x", "cursor=nonsense"])("a list refuses %s", async (query, { ada }) => {
  expect((await ada.call("GET", `albums?${query}`)).status).toBe(400);
});

test("a page of another origin may ask first", async ({ stack }) => {
  const answer = await callApi(stack, "OPTIONS /albums", {
    headers: {
      Origin: "https://example.org",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    },
  });
  expect(answer.status).toBe(204);
  expect(answer.headers).toMatchObject({
    "access-control-allow-origin": "*",
    "access-control-allow-headers": "Content-Type,Authorization",
    "access-control-allow-methods": "OPTIONS,GET,PUT,POST,DELETE,PATCH,HEAD",
    "access-control-max-age": "3600",
  });
});

test("a path that the API does not have is refused as AWS does", async ({ stack, ada }) => {
  expect(await callApi(stack, "GET /nowhere")).toMatchObject({
    status: 403,
    body: { message: "Missing Authentication Token" },
  });
  expect((await ada.call("PATCH", "albums")).status).toBe(403);
});
