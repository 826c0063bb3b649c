import assert from "node:assert/strict";
import { hashGoMod } from "../../../lib/go/dirhash.ts";
import { problem } from "../../../lib/problem.ts";
import type { ProxySource } from "../../../lib/proxy/server.ts";
import { proxyServer } from "../../../lib/proxy/server.ts";
import { zipHash } from "../../../lib/proxy/zip.ts";
import type { Clock } from "../../../lib/services.ts";
import { encode } from "../../../lib/text.ts";
import { doorsOf, type Expectation } from "../../../lib/verify/doors.ts";
import { verify, type VerifyOptions, type VerifyStep } from "../../../lib/verify/ladder.ts";
import { Go, needsGo } from "../../support/go.ts";
import { client, memory, type Modules, nobody, Web } from "../proxy/serve.ts";

const path = "example.com/m";
const oid = (n: number) => String(n).repeat(40);

/** A clock on which sleeping takes no time; `slept` holds seconds. */
class Still implements Clock {
  at = 1_000_000;
  slept: number[] = [];
  /** Called after every sleep. */
  then: (clock: Still) => void = () => {};
  now = () => this.at;
  sleep = (ms: number, signal?: AbortSignal) => {
    if (signal?.aborted) return Promise.resolve();
    this.slept.push(ms / 1000);
    this.at += ms;
    this.then(this);
    return Promise.resolve();
  };
}

interface World {
  /** Version tags of the remote, with the commits they peel to. */
  tags?: Record<string, string>;
  modules?: Modules;
  source?: Partial<ProxySource>;
  /** Answers instead of the server; undefined lets the server answer. */
  instead?: (path: string, clock: Still) => Response | undefined;
  GOPROXY?: string;
  GONOPROXY?: string;
  GONOSUMDB?: string;
  goMods?: Record<string, string>;
  expect?: Partial<Expectation>;
  options?: Partial<VerifyOptions>;
  /** After every sleep. */
  then?: (world: { clock: Still; tags: Map<string, string>; modules: Modules }) => void;
}

const v100 = { "go.mod": `module ${path}\n`, "m.go": "package m // broken\n" };
const v101 = {
  "go.mod": `module ${path}\n\nretract v1.0.0 // a nil pointer\n`,
  "m.go": "package m\n",
};

/** Runs the ladder for v1.0.1 in a world with a real server; everything not named is as after a good release. */
async function climb(world: World) {
  const clock = new Still();
  const modules = world.modules ?? { [path]: { "v1.0.0": v100, "v1.0.1": v101 } };
  const tags = new Map(Object.entries(world.tags ?? { "v1.0.0": oid(1), "v1.0.1": oid(2) }));
  const server = proxyServer({ ...memory(modules), ...world.source }, { clock });
  await using web = new Web((request, path) =>
    world.instead?.(path, clock) ?? server.handler(request)
  );
  clock.then = () => world.then?.({ clock, tags, modules });
  const zip = await zipHash(
    (await memory({ [path]: { "v1.0.1": v101 } }).zip(path, "v1.0.1"))!,
    `${path}@v1.0.1/`,
  );
  assert.ok("Sum" in zip);
  const expect: Expectation = {
    Module: path,
    Version: "v1.0.1",
    TagName: "v1.0.1",
    Commit: oid(2),
    TagOid: oid(3),
    Sum: zip.Sum,
    GoModSum: hashGoMod(v101["go.mod"]),
    Latest: "v1.0.1",
    Retracted: ["v1.0.0"],
    ...world.expect,
  };
  const told: VerifyStep[] = [];
  const list = (world.GOPROXY ?? "PROXY").replaceAll("PROXY", web.url);
  const result = await verify(
    expect,
    doorsOf({
      client: client(list, path, { GONOPROXY: world.GONOPROXY ?? "" }),
      clock,
      settings: { GONOSUMDB: world.GONOSUMDB ?? "" },
      remote: () =>
        Promise.resolve({
          Refs: new Map([
            ["HEAD", oid(9)],
            ["refs/heads/main", oid(9)],
            ...[...tags.keys()].map((tag) => [`refs/tags/${tag}`, oid(3)] as const),
          ]),
          Peeled: new Map([...tags].map(([tag, commit]) => [`refs/tags/${tag}`, commit])),
        }),
      ...(world.goMods && {
        goMod: (version: string, commit: string) => {
          assert.equal(commit, tags.get(version));
          const mod = world.goMods![version];
          return Promise.resolve(mod === undefined ? null : encode(mod));
        },
      }),
    }),
    {
      wait: 0,
      next: "gorel verify v1.0.1",
      onStep: (step) => told.push(step),
      ...world.options,
    },
  );
  return {
    ...result,
    told,
    expect,
    slept: clock.slept,
    asked: web.asked.map((p) => p.replace(`/${path}/`, "")),
    states: result.Steps.map((s) => `${s.Do} ${s.State}`).join(", "),
    detail: (name: VerifyStep["Do"]) => result.Steps.find((s) => s.Do === name)?.Detail ?? "",
    url: web.url,
  };
}

const plain = (status: number, words = "") =>
  new Response(words, { status, headers: { "content-type": "text/plain" } });

Deno.test("a good release is published: every rung is climbed in order, once", async () => {
  const run = await climb({});
  assert.equal(run.State, "published");
  assert.equal(
    run.states,
    "tag ok, info ok, mod ok, zip ok, checksum-database not-asked, list ok, latest ok",
  );
  assert.deepEqual(run.asked, ["@v/v1.0.1.info", "@v/v1.0.1.mod", "@v/v1.0.1.zip", "@v/list"]);
  assert.deepEqual([run.Sum, run.GoModSum], [run.expect.Sum, run.expect.GoModSum]);
  assert.deepEqual(run.Problems, []);
  assert.deepEqual(run.slept, []);
  assert.deepEqual(run.Proven, [
    `the remote shows v1.0.1 at ${oid(2)}`,
    `${run.url} knows v1.0.1`,
    `its go.mod is ${run.GoModSum}`,
    `its zip is ${run.Sum} (2 files)`,
    "the list has it (2 versions)",
    "@latest is v1.0.1, v1.0.0 is retracted",
  ]);
  assert.equal(
    run.detail("checksum-database"),
    "gorel does not ask it yet",
  );
  assert.deepEqual(run.Steps.map((s) => s.Id), [
    "v1.0.1:tag",
    "v1.0.1:info",
    "v1.0.1:mod",
    "v1.0.1:zip",
    "v1.0.1:checksum-database",
    "v1.0.1:list",
    "v1.0.1:latest",
  ]);
  assert.deepEqual(
    run.told.map((s) => `${s.Do} ${s.State}`).join(" "),
    run.Steps.map((s) => `${s.Do} waiting ${s.Do} ${s.State}`).join(" "),
  );
});

Deno.test("the proxy hears nothing before the remote shows the tag", async () => {
  const world: World = { tags: { "v1.0.0": oid(1) }, options: { wait: 60_000 } };
  const log: number[] = [];
  const run = await climb({
    ...world,
    then: ({ clock, tags }) => {
      if (clock.slept.length === 3) tags.set("v1.0.1", oid(2));
    },
    instead: (_, clock) => void log.push(clock.slept.length),
  });
  assert.equal(run.State, "published");
  assert.deepEqual(run.slept, [1, 2, 4]);
  assert.deepEqual(log, [3, 3, 3, 3]);

  const never = await climb(world);
  assert.equal(never.State, "pending");
  assert.deepEqual(never.asked, []);
  assert.equal(
    never.states,
    "tag waiting, info not-asked, mod not-asked, zip not-asked, checksum-database not-asked, list not-asked, latest not-asked",
  );
  assert.deepEqual(never.Problems, [
    problem(
      "not-yet",
      "example.com/m@v1.0.1 is not visible everywhere after 60 seconds: the remote does not show the tag yet (the remote has no tag v1.0.1).",
      { fix: "gorel verify v1.0.1" },
    ),
  ]);
});

Deno.test("a remote that does not answer is waited for", async () => {
  let n = 0;
  const clock = new Still();
  const result = await verify(
    { Module: path, Version: "v1.0.1", TagName: "v1.0.1", Sum: "h1:a", GoModSum: "h1:b" },
    {
      client: client("direct"),
      clock,
      settings: { GONOSUMDB: "" },
      remote: () =>
        Promise.resolve(
          n++ < 2
            ? problem("remote-unreachable", "The remote origin does not answer.")
            : { Tags: new Map([["v1.0.1", { Oid: oid(3), Commit: oid(2) }]]) },
        ),
    },
    { wait: 10_000, next: "x" },
  );
  assert.equal(result.State, "published");
  assert.deepEqual(clock.slept, [1, 2]);
});

for (
  const [rung, file, refusal, detail] of [
    [
      "info",
      "@v/v1.0.1.info",
      () => plain(404, "not found: unknown revision"),
      "404: not found: unknown revision",
    ],
    ["info", "@v/v1.0.1.info", () => plain(410, "gone"), "410: gone"],
    ["info", "@v/v1.0.1.info", () => plain(403, "not cached"), "403: not cached"],
    ["mod", "@v/v1.0.1.mod", () => plain(500, "fetch timed out"), "500: fetch timed out"],
    ["zip", "@v/v1.0.1.zip", () => plain(404), "404 Not Found"],
    ["list", "@v/list", () => plain(502), "502 Bad Gateway"],
    ["list", "@v/list", () => new Response("v1.0.0\n"), "does not have v1.0.1 (1 version)"],
    ["info", "@v/v1.0.1.info", () => new Response("<html>sign in"), "with an HTML page"],
  ] as [VerifyStep["Do"], string, () => Response, string][]
) {
  Deno.test(`${rung} waits while the answer is "${detail}", and says so when the time is up`, async () => {
    const waits = (tries: number): NonNullable<World["instead"]> => {
      let n = 0;
      return (p) => p.endsWith(file) && n++ < tries ? refusal() : undefined;
    };
    const run = await climb({ instead: waits(3), options: { wait: 60_000 } });
    assert.equal(run.State, "published", run.states);
    assert.deepEqual(run.slept, [1, 2, 4]);
    const heard = run.told.filter((s) => s.Do === rung && s.State === "waiting" && s.Detail);
    assert.equal(heard.length, 3);
    assert.ok(heard[0]!.Detail!.includes(detail), heard[0]!.Detail);

    const late = await climb({ instead: waits(Infinity), options: { wait: 20_000 } });
    assert.equal(late.State, "pending");
    assert.deepEqual(late.slept, [1, 2, 4, 8, 5]);
    assert.equal(late.Steps.find((s) => s.State === "waiting")!.Do, rung);
    assert.equal(late.Problems.length, 1);
    assert.equal(late.Problems[0]!.Code, "not-yet");
    assert.equal(late.Problems[0]!.Fix, "gorel verify v1.0.1");
    assert.ok(late.Problems[0]!.Text.includes(detail), late.Problems[0]!.Text);

    const once = await climb({ instead: waits(Infinity) });
    assert.equal(once.State, "pending");
    assert.deepEqual(once.slept, []);
    // A rung that names the version is not tried after one that waits, unless the list shows it.
    const named = once.asked.slice(0, once.asked.indexOf("@v/list"));
    assert.equal(named.length, rung === "info" ? 1 : rung === "mod" ? 2 : 3);
    assert.ok(once.asked.includes("@v/list"));
  });
}

Deno.test("the pause grows to half a minute and no further", async () => {
  const run = await climb({ instead: () => plain(404), options: { wait: 150_000 } });
  assert.deepEqual(run.slept, [1, 2, 4, 8, 15, 30, 30, 30, 30]);
});

Deno.test("a proxy that was asked too early answers once its memory is over", async () => {
  const early: World = {
    modules: { [path]: { "v1.0.0": v100 } },
    then: ({ modules }) => modules[path]!["v1.0.1"] = v101,
  };
  const short = await climb({ ...early, options: { wait: 5 * 60_000 } });
  assert.equal(short.State, "pending");
  assert.match(short.detail("info"), /^404: not found: .*unknown revision v1\.0\.1/);
  const long = await climb({ ...early, options: { wait: 40 * 60_000 } });
  assert.equal(long.State, "published");
});

Deno.test("a proxy that cannot be reached is waited for", async () => {
  const run = await climb({ GOPROXY: await nobody(), options: { wait: 1000 } });
  assert.equal(run.State, "pending");
  assert.deepEqual(run.slept, [1]);
  assert.match(run.Problems[0]!.Text, /the proxy does not know it yet/);
});

for (
  const [name, world, code, ...words] of [
    ["the tag names another commit", { tags: { "v1.0.1": oid(8) } }, "tag-moved", oid(8), oid(2)],
    [
      "the tag object is another one, and the commit is not known",
      { expect: { Commit: undefined as never, TagOid: oid(7) } },
      "tag-moved",
      oid(3),
      oid(7),
    ],
    [
      "the proxy took another commit",
      {
        instead: (p) =>
          p.endsWith(".info")
            ? new Response(JSON.stringify({ Version: "v1.0.1", Origin: { Hash: oid(8) } }))
            : undefined,
      },
      "hash-mismatch",
      oid(8),
      oid(2),
    ],
    [
      "go.mod differs",
      { instead: (p) => p.endsWith(".mod") ? new Response("module other\n") : undefined },
      "hash-mismatch",
      hashGoMod("module other\n"),
      hashGoMod(v101["go.mod"]),
    ],
    [
      "the zip differs",
      { modules: { [path]: { "v1.0.1": { ...v101, "m.go": "package evil\n" } } } },
      "hash-mismatch",
      "but h1:",
    ],
    [
      "the zip is none",
      { instead: (p) => p.endsWith(".zip") ? new Response("PK?") : undefined },
      "hash-mismatch",
      "what came is no zip",
    ],
  ] as [string, World, string, ...string[]][]
) {
  Deno.test(`verify fails at once when ${name}`, async () => {
    const run = await climb({ ...world, options: { wait: 60_000 } });
    assert.equal(run.State, "failed");
    assert.deepEqual(run.slept, []);
    assert.deepEqual(run.Problems.map((p) => p.Code), [code]);
    for (const word of words) {
      assert.ok(run.Problems[0]!.Text.includes(word), run.Problems[0]!.Text);
    }
    const at = run.Steps.findIndex((s) => s.State === "failed");
    assert.ok(run.Steps.slice(0, at).every((s) => s.State === "ok"), run.states);
    assert.ok(run.Steps.slice(at + 1).every((s) => s.State === "not-asked"), run.states);
    assert.equal(run.asked.length, at);
  });
}

Deno.test("an Origin that names the commit, or the tag object, is right", async () => {
  for (const Hash of [oid(2), oid(3)]) {
    const run = await climb({
      instead: (p) =>
        p.endsWith(".info")
          ? new Response(JSON.stringify({ Version: "v1.0.1", Origin: { Hash } }))
          : undefined,
    });
    assert.equal(run.State, "published");
    assert.ok(run.detail("info").includes(Hash));
  }
});

for (
  const [name, world, why] of [
    ["GOPROXY=direct", { GOPROXY: "direct" }, "GOPROXY says direct"],
    ["GOPROXY=off", { GOPROXY: "off" }, "GOPROXY says off"],
    ["no GOPROXY", { GOPROXY: "" }, "GOPROXY is not set"],
    ["a private module", { GONOPROXY: "example.com" }, `GONOPROXY covers ${path}`],
  ] as [string, World, string][]
) {
  Deno.test(`with ${name} the remote answers for list and @latest, and no proxy is asked`, async () => {
    const tags = { "v1.0.0": oid(1), "v1.0.1": oid(2), "v1.2": oid(4), "sub/v3.0.0": oid(4) };
    const run = await climb({ ...world, tags, goMods: { "v1.0.1": v101["go.mod"] } });
    assert.equal(run.State, "published");
    assert.equal(
      run.states,
      "tag ok, info skipped, mod skipped, zip skipped, checksum-database not-asked, list ok, latest ok",
    );
    assert.equal(run.detail("zip"), why);
    assert.equal(run.detail("list"), "the tags of the remote have it (2 versions)");
    assert.deepEqual(run.asked, []);
    assert.equal(run.Sum, undefined);

    const blind = await climb({ ...world, tags });
    assert.equal(blind.State, "published");
    assert.match(blind.detail("latest"), /the go\.mod of v1\.0\.1, .* is not in this repository/);
  });
}

Deno.test("a proxy before direct is waited for all the same", async () => {
  const run = await climb({ GOPROXY: "PROXY,direct", instead: () => plain(404, "not found") });
  assert.equal(run.State, "pending");
  assert.match(run.detail("info"), /^404: not found/);
});

Deno.test("a GOPROXY that cannot be used is not tried twice", async () => {
  const run = await climb({ GOPROXY: "nonsense", options: { wait: 60_000 } });
  assert.equal(run.State, "pending");
  assert.deepEqual(run.slept, []);
  assert.match(run.Problems[0]!.Text, /invalid proxy URL missing scheme: nonsense/);
});

Deno.test("a checksum database that is off for the module is said to be", async () => {
  const run = await climb({ GONOSUMDB: "example.com" });
  assert.equal(run.detail("checksum-database"), `GONOSUMDB covers ${path}`);
});

const higher = { "go.mod": `module ${path}\n`, "m.go": "package m\n" };

Deno.test("@latest is what the go.mod of the highest release makes of the list", async () => {
  const self = { ...v101, "go.mod": `module ${path}\n\nretract [v1.0.0, v1.0.1]\n` };
  const selfSum = {
    GoModSum: hashGoMod(self["go.mod"]),
    Sum: (await zipHash(
      (await memory({ [path]: { "v1.0.1": self } }).zip(path, "v1.0.1"))!,
      `${path}@v1.0.1/`,
    ) as {
      Sum: string;
    }).Sum,
  };
  const rows: [string, World, string][] = [
    [
      "a backport",
      {
        modules: { [path]: { "v1.0.0": v100, "v1.0.1": v101, "v1.2.0": higher } },
        expect: { Latest: "v1.2.0", Retracted: [] },
      },
      "ok @latest is v1.2.0",
    ],
    [
      "a backport's retraction",
      {
        modules: { [path]: { "v1.0.0": v100, "v1.0.1": v101, "v1.2.0": higher } },
        expect: { Latest: "v1.2.0" },
      },
      "waiting @latest is v1.2.0, but v1.0.0 is not retracted",
    ],
    [
      "a self-retraction",
      {
        modules: { [path]: { "v0.9.0": higher, "v1.0.0": v100, "v1.0.1": self } },
        expect: { ...selfSum, Latest: "v0.9.0", Retracted: ["v1.0.0", "v1.0.1"] },
      },
      "ok @latest is v0.9.0, v1.0.0, v1.0.1 is retracted",
    ],
    [
      "nothing left",
      {
        modules: { [path]: { "v1.0.0": v100, "v1.0.1": self } },
        expect: { ...selfSum, Latest: null },
        source: { latest: () => Promise.resolve(null) },
      },
      "ok no version is offered as @latest, v1.0.0 is retracted",
    ],
    [
      "nothing left but the tip",
      {
        modules: { [path]: { "v1.0.0": v100, "v1.0.1": self } },
        expect: { ...selfSum, Latest: null },
        source: {
          latest: () =>
            Promise.resolve({
              Version: "v1.0.2-0.20260101000000-abcdefabcdef",
              Time: "2026-01-01T00:00:00Z",
            }),
        },
      },
      "waiting @latest is v1.0.2-0.20260101000000-abcdefabcdef, none is expected",
    ],
    [
      "no expectation",
      { expect: { Latest: undefined as never, Retracted: undefined as never } },
      "ok @latest is v1.0.1",
    ],
    [
      "a highest release that nobody can fetch",
      {
        modules: { [path]: { "v1.0.0": v100, "v1.0.1": v101 } },
        source: { list: () => Promise.resolve(["v1.0.0", "v1.0.1", "v1.9.0"]) },
      },
      "waiting 404: not found",
    ],
  ];
  for (const [name, world, want] of rows) {
    const run = await climb(world);
    const step = run.Steps.find((s) => s.Do === "latest")!;
    assert.ok(
      `${step.State} ${step.Detail}`.startsWith(want),
      `${name}: ${step.State} ${step.Detail}`,
    );
    assert.equal(run.State, step.State === "ok" ? "published" : "pending", name);
  }
});

Deno.test("a list that lags behind is asked again for @latest", async () => {
  let n = 0;
  const run = await climb({
    expect: { Latest: "v1.2.0", Retracted: [] },
    modules: { [path]: { "v1.0.1": v101, "v1.2.0": higher } },
    instead: (p) => p.endsWith("/list") && n++ < 2 ? new Response("v1.0.1\n") : undefined,
    options: { wait: 60_000 },
  });
  assert.equal(run.State, "published");
  assert.deepEqual(run.slept, [1, 2]);
});

Deno.test("a signal ends the waiting: pending, with the command that goes on", async () => {
  const stop = new AbortController();
  const run = await climb({
    instead: (p) => {
      if (p.endsWith(".mod")) stop.abort();
      return p.endsWith(".mod") ? plain(404) : undefined;
    },
    options: { wait: 60_000, signal: stop.signal },
  });
  assert.equal(run.State, "pending");
  assert.equal(
    run.states,
    "tag ok, info ok, mod waiting, zip not-asked, checksum-database not-asked, list not-asked, latest not-asked",
  );
  assert.deepEqual(run.slept, []);
  assert.equal(run.Problems[0]!.Fix, "gorel verify v1.0.1");
});

Deno.test({
  ...needsGo("@latest is what the go command says, for lists and retractions of all kinds"),
  async fn() {
    const rows: [versions: Record<string, string>, tip?: string][] = [
      [{ "v1.0.0": "", "v1.0.1": "retract v1.0.0" }],
      [{ "v1.0.0": "", "v1.0.1": "retract [v1.0.0, v1.0.1]", "v0.9.0": "" }],
      [{ "v1.0.0": "", "v1.0.1": "", "v1.1.0-rc.1": "retract v1.0.1" }],
      [{ "v1.0.1": "retract v1.0.1", "v1.1.0-rc.9": "", "v1.1.0-rc.10": "" }],
      [{ "v1.0.1": "retract [v0.0.0-0, v1.9.9]" }, "v1.0.2-0.20260101000000-abcdefabcdef"],
      [{ "v1.0.1": "retract v1.0.1" }, "v1.0.2-0.20260101000000-abcdefabcdef"],
      [{ "v1.0.1": "retract v1.0.1" }],
      [{ "v1.0.1": "", "v1.9.0": "retract v1.10.0", "v1.10.0": "retract v1.9.0\nretract v1.10.0" }],
    ];
    for (const [n, [versions, tip]] of rows.entries()) {
      // Module caches know paths and versions only, so every row has its own path.
      const own = `example.com/m${n}`;
      const modules: Modules = {
        [own]: Object.fromEntries(
          Object.entries(versions).map((
            [v, extra],
          ) => [v, { "go.mod": `module ${own}\n\n${extra}\n` }]),
        ),
      };
      const pseudo = tip === undefined ? null : { Version: tip, Time: "2026-01-01T00:00:00Z" };
      const held = memory(modules);
      const server = proxyServer({
        ...held,
        info: (p, v) => v === tip ? Promise.resolve(pseudo) : held.info(p, v),
        mod: (p, v) => v === tip ? Promise.resolve(encode(`module ${own}\n`)) : held.mod(p, v),
        zip: (p, v) => held.zip(p, v === tip ? "v1.0.1" : v),
        latest: () => Promise.resolve(pseudo),
      }, { clock: { now: () => 0 } });
      await using web = new Web((request) => server.handler(request));
      using go = new Go({ GOPROXY: web.url });
      const { stdout } = await go.start(["list", "-m", "-f", "{{.Version}}", `${own}@latest`]);
      const said = stdout.trim();
      const hash = await zipHash((await held.zip(own, "v1.0.1"))!, `${own}@v1.0.1/`);
      const result = await verify(
        {
          Module: own,
          Version: "v1.0.1",
          TagName: "v1.0.1",
          Sum: "Sum" in hash ? hash.Sum : "",
          GoModSum: hashGoMod((await held.mod(own, "v1.0.1"))!),
          Latest: said === "" ? null : said,
        },
        {
          client: client(web.url, own),
          clock: new Still(),
          settings: { GONOSUMDB: "" },
          remote: () =>
            Promise.resolve({ Tags: new Map([["v1.0.1", { Oid: oid(3), Commit: oid(2) }]]) }),
        },
        { wait: 0, next: "x" },
      );
      assert.equal(
        result.State,
        "published",
        `${n}: go says "${said}", ${JSON.stringify(result.Steps.at(-1))}`,
      );
    }
  },
});
