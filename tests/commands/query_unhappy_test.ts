/** `query` where proxies fail: a clear refusal, soon, and nothing that a terminal would obey. */
import assert from "node:assert/strict";
import { query as printed } from "../../lib/cli/print/query.ts";
import type { Listed } from "../lib/go/golist.ts";
import { nobody, Web } from "../lib/proxy/serve.ts";
import { Go, needsGo } from "../support/go.ts";
import { gorel } from "../support/gorel.ts";
import { Folder } from "../support/repo.ts";
import { ask, type Row } from "./query_ask.ts";

/** Asks far from any module; a clock that runs a thousand times faster makes its limits bearable. */
async function said(GOPROXY: string, operands: string[], fast = false): Promise<Row[]> {
  using folder = new Folder();
  return await ask(operands, {
    cwd: folder.path,
    env: { GOPROXY },
    change: ({ clock }) =>
      fast ? { clock: { ...clock, sleep: (ms, signal) => clock.sleep(ms / 1000, signal) } } : {},
  });
}

const good: Record<string, string> = {
  "@v/list": "v1.0.0\nv1.1.0\n",
  "@v/v1.0.0.info": '{"Version":"v1.0.0","Time":"2026-01-02T03:04:05Z"}',
  "@v/v1.1.0.info": '{"Version":"v1.1.0","Time":"2026-01-02T03:04:05Z"}',
  "@v/v1.0.0.mod": "module example.com/m\n\ngo 1.20\n",
  "@v/v1.1.0.mod": "module example.com/m\n\ngo 1.20\n",
};

/** A proxy of one module whose files some answers take the place of. */
function proxy(
  instead: Record<string, string | number | ((request: Request) => Response | Promise<Response>)>,
): Web {
  return new Web((request, path) => {
    const name = path.replace(/^\/(example\.com\/m\/)?/, "");
    const answer = instead[name] ?? instead["*"] ?? good[name] ?? 404;
    if (typeof answer === "function") return answer(request);
    return typeof answer === "number"
      ? new Response(`sorry \x1b[31m${answer}\n`, {
        status: answer,
        headers: { "content-type": "text/plain; charset=utf-8" },
      })
      : new Response(answer);
  });
}

/** Half of what was promised, and then nothing more. */
function half(): Response {
  let pulls = 0;
  const body = new ReadableStream({
    pull(controller) {
      if (pulls++ === 0) controller.enqueue(new TextEncoder().encode("v1.0.0\n"));
      else controller.error(new Error("gone"));
    },
  });
  return new Response(body);
}

const circle = (request: Request) => Response.redirect(request.url, 302);
const silent = async (request: Request) => {
  await new Promise((resolve) => request.signal.addEventListener("abort", resolve));
  return new Response();
};
const many = () => new Response("v1.2.3\n".repeat(1_000_000));

for (
  const [name, instead, query, code, text] of [
    ["an HTML page", { "@v/list": "<html>log in</html>" }, "latest", "proxy-unreachable", /HTML/],
    ["a circle", { "@v/list": circle }, "latest", "proxy-unreachable", /after 10 redirects/],
    ["half an answer", { "@v/list": half }, "latest", "proxy-unreachable", /no usable answer/],
    ["403", { "*": 403 }, "latest", "proxy-unreachable", /403: sorry 403/],
    ["500", { "@v/v1.1.0.info": 500 }, "latest", "proxy-unreachable", /500: sorry 500/],
    ["410", { "@v/v1.0.0.info": 410 }, "v1.0.0", "revision-unknown", /410: sorry 410/],
    ["410 for all", { "*": 410 }, "latest", "query-failed", /410: sorry 410/],
    [
      "a million lines",
      { "@v/list": many },
      "latest",
      "proxy-unreachable",
      /larger than \d+ bytes/,
    ],
    ["half a JSON", { "@v/v1.1.0.info": '{"Ver' }, "latest", "proxy-unreachable", /not JSON/],
    [
      "another version",
      { "@v/v1.1.0.info": good["@v/v1.0.0.info"]! },
      "latest",
      "proxy-unreachable",
      /instead of/,
    ],
    [
      "a time that is none",
      { "@v/v1.1.0.info": '{"Version":"v1.1.0","Time":"now"}' },
      "latest",
      "proxy-unreachable",
      /Time/,
    ],
  ] as const
) {
  Deno.test(`query refuses with a reason where a proxy answers with ${name}`, async () => {
    await using web = proxy(instead);
    const [row] = await said(web.url, [`example.com/m@${query}`]);
    assert.ok(row && "Error" in row, JSON.stringify(row));
    assert.equal(row.Error.Code, code, row.Error.Text);
    assert.match(row.Error.Text, text);
    // deno-lint-ignore no-control-regex
    assert.doesNotMatch(row.Error.Text, /[\x00-\x1f\x7f-\x9f]/);
  });
}

Deno.test("query gives up on a proxy that never answers, and on one that is not there", async () => {
  await using web = proxy({ "*": silent });
  const [late] = await said(web.url, ["example.com/m@latest"], true);
  assert.ok(late && "Error" in late);
  assert.match(late.Error.Text, /no answer within 30 s/);
  const [none] = await said(await nobody(), ["example.com/m@latest"]);
  assert.ok(none && "Error" in none);
  assert.equal(none.Error.Code, "proxy-unreachable");
  assert.doesNotMatch(none.Error.Text, /fetch failed/);
});

Deno.test(
  needsGo("what one proxy said of a version is known when the next is asked, as in go's cache"),
  async () => {
    await using lacks = proxy({ "*": 404 });
    await using has = proxy({});
    const GOPROXY = `${lacks.url}|${has.url}`;
    using go = new Go({ GOPROXY });
    // Replaced, a version needs to be nowhere: the first proxy would do, which has no time.
    const replaced = "module example.com/main\n\nreplace example.com/m => example.com/n v1.0.0\n";
    Deno.writeTextFileSync(go.folder.join("go.mod"), replaced);
    const operand = "example.com/m@<v2.0.0";
    const { stdout } = await go.start(["list", "-m", "-json", operand]);
    const theirs: { Version: string; Time: string } = JSON.parse(stdout);
    const [ours] = await ask([operand], { cwd: go.folder.path, env: { GOPROXY } });
    assert.ok(ours && !("Error" in ours), JSON.stringify(ours));
    assert.deepEqual([ours.Version, ours.Time], [theirs.Version, theirs.Time]);
  },
);

Deno.test("a newest go.mod that cannot be read is a warning, for go passes over it", async () => {
  await using web = proxy({ "@v/v1.1.0.mod": 500 });
  using folder = new Folder();
  const ran = await gorel(["query", "example.com/m@v1.0.0"], {
    cwd: folder.path,
    env: { GOPROXY: web.url },
  });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.stdout, "  example.com/m@v1.0.0  v1.0.0  2026-01-02\n");
  assert.match(ran.stderr, /^! +latest-broken Whether example.com\/m@v1\.0\.0 is retracted/);
});

Deno.test("what a terminal would obey is taken out of operands and of a proxy's words", async () => {
  const mods =
    "// Deprecated: use \x1b]0;x\x07other.\nmodule example.com/m\n\nretract v1.0.0 // \x1b[31mred\u202e\n";
  await using web = proxy({ "@v/v1.1.0.mod": mods });
  const rows = await said(web.url, [
    "example.com/m@v1.0.0",
    "example.com/m@\x1b[2Jx",
    "\u202em@latest",
  ]);
  const style = { ascii: false, color: false, verbose: false };
  const shown = printed(rows, style);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(shown, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
  assert.match(shown, /retracted: red/);
});

Deno.test(
  needsGo("a list of proxies is walked by the whole question, as go walks it"),
  async () => {
    const second = {
      ...good,
      "@v/list": "v1.0.0\nv1.1.0\nv1.2.0\n",
      "@v/v1.2.0.info": '{"Version":"v1.2.0","Time":"2026-01-02T03:04:05Z"}',
      "@v/v1.2.0.mod": "module example.com/m\n\ngo 1.20\n\nretract v1.1.0 // second\n",
      "@v/main.info": '{"Version":"v1.2.0","Time":"2026-01-02T03:04:05Z"}',
    };
    const queries = [
      "latest",
      "v1",
      "v1.0.0",
      "v1.1.0",
      "v1.2.0",
      "v1.9.0",
      "main",
      "<v1.1.0",
      ">v9.0.0",
    ];
    const firsts = [
      { "*": 404 },
      { "@v/v1.1.0.info": 404 },
      { "@v/v1.1.0.info": 500 },
      {
        "@v/list": 403,
      },
      { "@v/list": "" },
      { "@v/v1.1.0.mod": 404 },
      { "*": 500 },
    ];
    await using b = proxy(second);
    for (const first of firsts) {
      await using a = proxy(first);
      for (const separator of [",", "|"]) {
        const list = `${a.url}${separator}${b.url},off`;
        using go = new Go({ GOPROXY: list });
        const operands = queries.map((q) => `example.com/m@${q}`);
        const { stdout } = await go.start(["list", "-m", "-e", "-json", ...operands]);
        const theirs: Listed[] = JSON.parse(`[${stdout.replace(/^}\n(?=\{)/gm, "},\n")}]`);
        const ours = await said(list, operands);
        assert.deepEqual(
          ours.map((row) => "Error" in row ? "refused" : row.Version),
          theirs.map((row) => row.Error ? "refused" : row.Version),
          `${JSON.stringify(first)} ${separator} ${JSON.stringify(ours)}`,
        );
      }
    }
  },
);
