/** Minimal version selection in scenarios (go-rules §10.1), and what holds for every graph. */
import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type BuildList,
  buildList,
  downgrade,
  type DowngradeReqs,
  keyOf,
  type PathVersion,
  req,
  upgrade,
  upgradeAll,
  type UpgradeReqs,
} from "../../../lib/go/mvs.ts";

type World = Readonly<Record<string, string>>;

/** `app` is the main module; `b2: c1 d3` says what b at version 2 requires, `?` that it cannot be read. */
const one = (text: string): PathVersion =>
  text.endsWith("-none")
    ? { Path: text.slice(0, -5), Version: "none" }
    : { Path: text.replace(/\d+$/, ""), Version: /\d*$/.exec(text)![0] };
const many = (text: string) => text.split(" ").filter((word) => word !== "").map(one);
const rank = (v: string) => v === "none" ? -1 : v === "" ? 1e9 : Number(v);
const app = one("app");

function reqsOf(world: World): UpgradeReqs & DowngradeReqs {
  const name = ({ Path, Version }: PathVersion) => Path + Version;
  const known = (path: string) =>
    Object.keys(world).map(one).filter(({ Path }) => Path === path)
      .map(({ Version }) => Version).sort((a, b) => rank(a) - rank(b));
  return {
    required: (m) => {
      const text = world[name(m)] ?? "";
      return text === "?" ? { Error: `${name(m)} cannot be read` } : many(text);
    },
    compare: (_, v1, v2) => rank(v1) - rank(v2),
    upgrade: (m) => ({ Path: m.Path, Version: known(m.Path).at(-1) ?? m.Version }),
    previous: (m) => ({
      Path: m.Path,
      Version: known(m.Path).findLast((v) => rank(v) < rank(m.Version)) ?? "none",
    }),
  };
}

const shown = (list: BuildList) =>
  "Error" in list ? list.Error : list.map(({ Path, Version }) => Path + Version).join(" ");

/** A service on a framework and a driver that share a log; newer ones need a newer codec. */
const service: World = {
  app: "frame1 drive2",
  frame1: "log1",
  frame2: "log3 codec1",
  drive1: "log1",
  drive2: "log2",
  drive3: "log3 codec2",
  log1: "",
  log2: "",
  log3: "time1",
  codec1: "",
  codec2: "log2",
  time1: "",
};

const scenarios: {
  name: string;
  world?: World;
  gives: (reqs: UpgradeReqs & DowngradeReqs) => BuildList;
  list: string;
}[] = [
  {
    name: "the highest of the versions that are required is used, no newer one",
    gives: (reqs) => buildList([app], reqs),
    list: "app drive2 frame1 log2",
  },
  {
    name: "requirements of a version that is not used count all the same",
    world: { app: "a1 b1", a1: "c5", b1: "a2", a2: "" },
    gives: (reqs) => buildList([app], reqs),
    list: "app a2 b1 c5",
  },
  {
    name: "the main module stays itself, whoever requires an older or newer one of it",
    world: { app: "a1", a1: "app9", app9: "b1" },
    gives: (reqs) => buildList([app], reqs),
    list: "app a1 b1",
  },
  {
    name: "modules that require each other end",
    world: { app: "a1", a1: "b1", b1: "a2", a2: "b1" },
    gives: (reqs) => buildList([app], reqs),
    list: "app a2 b1",
  },
  {
    name: "several targets come first, in their order",
    world: { x: "a1", b: "a2" },
    gives: (reqs) => buildList([one("x"), one("b")], reqs),
    list: "x b a2",
  },
  {
    name: "what cannot be read is an error",
    world: { app: "a1", a1: "b1", b1: "?" },
    gives: (reqs) => buildList([app], reqs),
    list: "b1 cannot be read",
  },
  {
    name: "only what nothing else brings along has to be required",
    gives: (reqs) => req(app, [], reqs),
    list: "drive2 frame1",
  },
  {
    name: "what is asked for is required, too",
    gives: (reqs) => req(app, ["log"], reqs),
    list: "drive2 frame1 log2",
  },
  {
    name: "one module goes up, and those that it needs",
    gives: (reqs) => upgrade(app, reqs, many("frame2")),
    list: "app codec1 drive2 frame2 log3 time1",
  },
  {
    name: "a new module comes in",
    gives: (reqs) => upgrade(app, reqs, many("codec1")),
    list: "app codec1 drive2 frame1 log2",
  },
  {
    name: "all go up, also those that only the new versions need",
    gives: (reqs) => upgradeAll(app, reqs),
    list: "app codec2 drive3 frame2 log3 time1",
  },
  {
    name: "one goes down, and those that need more of it",
    gives: (reqs) => downgrade(app, reqs, many("log1")),
    list: "app drive1 frame1 log1",
  },
  {
    name: "one goes away, and those that cannot be without it",
    gives: (reqs) => downgrade(app, reqs, many("drive-none")),
    list: "app frame1 log2",
  },
  {
    name: "a version that cannot be read is passed over on the way down",
    world: { app: "a3", a3: "b2", a2: "?", a1: "b1", b1: "", b2: "" },
    gives: (reqs) => downgrade(app, reqs, many("b1")),
    list: "app a1 b1",
  },
];

for (const { name, world = service, gives, list } of scenarios) {
  Deno.test(`selection: ${name}`, () => assert.equal(shown(gives(reqsOf(world))), list));
}

Deno.test("an error tells the shortest way to the module at fault", () => {
  const world = { app: "a1 b1", a1: "c1", c1: "b1", b1: "?" };
  const list = buildList([app], reqsOf(world));
  assert("Error" in list);
  assert.deepEqual(list.Stack.map(keyOf), ["app", "b@1"]);
});

Deno.test("a chain of twenty thousand modules does not exhaust the stack", () => {
  const reqs = {
    ...reqsOf({}),
    required: ({ Path }: PathVersion) =>
      Number(Path) < 20_000 ? [{ Path: String(Number(Path) + 1), Version: "1" }] : [],
  };
  const first = { Path: "0", Version: "" };
  assert.equal((req(first, [], reqs) as PathVersion[]).length, 1);
  assert.equal((downgrade(first, reqs, []) as PathVersion[]).length, 20_001);
});

const worlds = fc.dictionary(
  fc.constantFrom("app", ..."abcd".split("").flatMap((p) => [1, 2, 3].map((v) => p + v))),
  fc.array(fc.constantFrom(..."abcd".split("").flatMap((p) => [1, 2, 3].map((v) => p + v))), {
    maxLength: 3,
  }).map((list) => list.join(" ")),
);

Deno.test("in every graph: the list meets all requirements of what is in it, and req gives it again", () => {
  fc.assert(fc.property(worlds, (world) => {
    const reqs = reqsOf(world);
    const list = buildList([app], reqs) as PathVersion[];
    const used = new Map(list.map(({ Path, Version }) => [Path, Version]));
    for (const m of list) {
      for (const r of reqs.required(m) as PathVersion[]) {
        assert(rank(used.get(r.Path)!) >= rank(r.Version));
      }
    }
    const min = req(app, [], reqs) as PathVersion[];
    const again = buildList([app], {
      ...reqs,
      required: (m) => m.Path === "app" ? min : reqs.required(m),
    });
    assert.deepEqual(again, list);
  }));
});

Deno.test("in every graph: nothing that is in it goes up by a downgrade, and nothing down by an upgrade", () => {
  const change = fc.constantFrom("a1", "b2", "c3", "d1").map(one);
  fc.assert(fc.property(worlds, change, (world, to) => {
    const reqs = reqsOf(world);
    const before = buildList([app], reqs) as PathVersion[];
    const lower = downgrade(app, reqs, [to]) as PathVersion[];
    const versions = new Map(before.map(({ Path, Version }) => [Path, Version]));
    // An older version may require a module that the newer one does without.
    for (const { Path, Version } of lower) {
      assert(rank(Version) <= rank(versions.get(Path) ?? ""));
    }
    const higher = new Map(
      (upgrade(app, reqs, [to]) as PathVersion[]).map((m) => [m.Path, m.Version]),
    );
    for (const { Path, Version } of before) assert(rank(higher.get(Path)!) >= rank(Version));
    assert(rank(higher.get(to.Path)!) >= rank(to.Version));
  }));
});
