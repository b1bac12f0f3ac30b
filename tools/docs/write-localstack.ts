// Writes the table of docs/localstack.md from the last run on LocalStack; `npm run docs:localstack` after `npm run e2e:localstack`.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root, textOf } from "../architecture/house.ts";
import { LOCALSTACK_PAGE, localStackRun, withLocalStackRun } from "./localstack.ts";

writeFileSync(join(root, LOCALSTACK_PAGE), withLocalStackRun(textOf(LOCALSTACK_PAGE), localStackRun(root)));
