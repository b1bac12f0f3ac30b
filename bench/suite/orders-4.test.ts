// Ten of the forty tests.

import { testsOfOrder } from "./forty.ts";

testsOfOrder("4-a");
testsOfOrder("4-b");
