// Ten of the forty tests.

import { testsOfOrder } from "./forty.ts";

testsOfOrder("3-a");
testsOfOrder("3-b");
