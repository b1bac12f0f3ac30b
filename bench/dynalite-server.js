// A peer beside us: dynalite, a DynamoDB in Node that checks no signatures.

import dynalite from "dynalite";

const server = dynalite({ createTableMs: 0 });
server.listen(0, "127.0.0.1", () => process.stdout.write(`{"port":${server.address().port}}\n`));
