import assert from "node:assert/strict";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { Folder, tryRun } from "./support/repo.ts";

const script = fileURLToPath(new URL("../.ci/run", import.meta.url));

/**
 * Runs .ci/run in a small project. Its `npx` hands over to the Deno that runs this test, so that the
 * summary it reads is Deno's own and nothing is fetched.
 */
function runIn(files: Record<string, string>): { code: number; last: string } {
  using folder = new Folder();
  Deno.mkdirSync(folder.join(".ci"));
  Deno.mkdirSync(folder.join("bin"));
  Deno.mkdirSync(folder.join("tests"));
  Deno.copyFileSync(script, folder.join(".ci/run"));
  Deno.writeTextFileSync(
    folder.join("bin/npx"),
    '#!/bin/sh\n[ "$1 $2" = "-y deno@2.9.6" ] || exit 9\nshift 2\nexec deno "$@"\n',
  );
  Deno.chmodSync(folder.join("bin/npx"), 0o755);
  const all = {
    "deno.json": JSON.stringify({
      tasks: {
        check: "deno fmt --check tests/",
        test: "deno test --quiet --parallel --no-prompt tests/",
      },
    }) + "\n",
    ...files,
  };
  for (const [path, text] of Object.entries(all)) Deno.writeTextFileSync(folder.join(path), text);
  const { code, stdout } = tryRun(folder.join(".ci/run"), [], {
    cwd: "/",
    env: {
      PATH: [folder.join("bin"), dirname(Deno.execPath()), Deno.env.get("PATH")].join(":"),
      HOME: folder.path,
      DENO_DIR: folder.join("deno"),
      FORCE_COLOR: "1",
      CI: "true",
    },
  });
  return { code, last: stdout.trimEnd().split("\n").at(-1)! };
}

const passing = 'Deno.test("a", async (t) => {\n  await t.step("b", () => {});\n});\n';
const skipped = 'Deno.test({ name: "c", ignore: Date.now() > 0, fn() {} });\n';
const failing =
  'Deno.test("d", () => {\n  console.log("ok | 99 passed | 0 failed (1ms)");\n  throw new Error("no");\n});\n';

Deno.test("CI's last line counts passed and skipped tests of every file", () => {
  const ran = runIn({ "tests/a_test.ts": passing + skipped, "tests/b_test.ts": passing });
  assert.deepEqual(ran, { code: 0, last: "2 passed, 0 failed, 1 skipped" });
});

Deno.test("CI fails with a failing test, and output that looks like a summary is not one", () => {
  const ran = runIn({ "tests/a_test.ts": passing, "tests/b_test.ts": failing });
  assert.deepEqual(ran, { code: 1, last: "1 passed, 1 failed, 0 skipped" });
});

Deno.test("CI counts a test run without a summary as a failure", () => {
  const ran = runIn({ "tests/a_test.ts": 'import "./nothing.ts";\n' + passing });
  assert.deepEqual(ran, { code: 1, last: "0 passed, 1 failed, 0 skipped" });
});

Deno.test("CI counts a failed check as a failure beside the tests", () => {
  const ran = runIn({ "tests/a_test.ts": passing.replaceAll('"', "'") });
  assert.deepEqual(ran, { code: 1, last: "1 passed, 1 failed, 0 skipped" });
});
