/**
 * A train: several modules of one repository in one release (DESIGN.md §3). What they require of
 * each other becomes what is coming, replacements of each other go, and go.sum gets the hashes that
 * follow from the same tree.
 */
import type { Choices } from "../choices.ts";
import type { Facts } from "../facts/types.ts";
import { goModOf } from "../facts/modules.ts";
import { convertedFiles } from "../git/conversion.ts";
import { hashGoMod } from "../go/dirhash.ts";
import { formatGoSum, type GoSumLine, goSumLines } from "../go/gosum.ts";
import { compareGoVersions } from "../go/goversion.ts";
import { keyOf } from "../go/mvs.ts";
import { parse } from "../go/modfile/mod.ts";
import { type Problem, problem } from "../problem.ts";
import { clean, some } from "../text.ts";
import type { Releasing } from "./build.ts";
import { Draft } from "./draft.ts";
import { changedGoSum } from "./gosum.ts";
import { stored } from "./major/stored.ts";
import type { Behind, Prepared, SealedRelease } from "./prepare.ts";
import { type Car, goSumOf, readCars } from "./train/car.ts";
import { droppedOf, drops, goModWithout, withoutDropped } from "./train/dropped.ts";
import { knownOf, type Repository } from "./train/known.ts";
import { type Needs, needsOf } from "./train/needs.ts";
import { inOrder } from "./train/order.ts";
import { withStrangers } from "./train/strangers.ts";

/**
 * Makes the draft that of a train. The releases come back in the order in which they are sealed;
 * a go.mod that Go cannot read leaves all as it is, which is said elsewhere. Null: the only module
 * has no replacement that goes.
 */
export async function prepareTrain(
  draft: Draft,
  facts: Facts,
  choices: Pick<Choices, "RestoreReplaces">,
  releases: readonly Releasing[],
): Promise<Omit<Prepared, "Keep" | "Refused"> | null> {
  const untouched = { Releases: [...releases], Problems: [] };
  const sorted = releases.toSorted((a, b) => a.Dir < b.Dir ? -1 : a.Dir > b.Dir ? 1 : 0);
  const coming = new Map(sorted.map(({ Path, Version }) => [Path, Version]));
  const known = await knownOf(draft, facts, coming);
  const cars = await readCars(draft, known, sorted);
  if (!cars) return releases.length === 1 ? null : untouched;
  const included = new Set(facts.Repo.Included?.Files.map((file) => file.Path));
  const train = new Train(draft, known, cars, choices.RestoreReplaces, included);
  if (releases.length === 1 && !await train.drops()) return null;
  return await train.prepared();
}

class Train {
  /** Hashes of the coming versions, as far as they are known. */
  readonly #hashes: GoSumLine[] = [];
  readonly #ordered: Car[];

  constructor(
    readonly draft: Draft,
    readonly known: Repository,
    readonly cars: readonly Car[],
    readonly restores: boolean,
    readonly included: ReadonlySet<string>,
  ) {
    this.#ordered = [...cars];
  }

  /** Reports whether replacements go. */
  async drops(): Promise<boolean> {
    await Promise.all(this.cars.map((car) => withoutDropped(car, this.known)));
    return this.cars.some((car) => droppedOf(car, this.known).length > 0);
  }

  async prepared(): Promise<Omit<Prepared, "Keep" | "Refused">> {
    await this.#settle();
    for (const car of this.cars) {
      const { Release: { Dir, Path, Version }, Mode, Before, GoMod } = car;
      if (GoMod !== Before) this.draft.edit(goModOf(Dir), Mode, GoMod);
      this.#hashes.push(goSumLines({ Path, Version }, { Sum: "", GoModSum: hashGoMod(GoMod) })[1]);
    }
    const links = this.cars.map(({ Release, GoMod, Needs }) => {
      const required = parse("go.mod", GoMod).Mod.Require.map(({ Path }) => Path);
      const index = (paths: readonly string[]) =>
        new Set(
          this.cars.flatMap((car, i) =>
            car.Release !== Release && paths.includes(car.Release.Path) ? [i] : []
          ),
        );
      return { Requires: index(required), Zips: index(this.#zips(Needs).map((z) => z.Path)) };
    });
    const order = inOrder(links);
    this.#ordered.splice(0, order.length, ...order.map((i) => this.cars[i]!));
    const foreign = this.cars.flatMap(({ Sums }) => Sums);
    this.#hashes.push(...await this.#published(foreign));
    for (const car of this.cars) this.#writeSums(this.draft, car, car, foreign);
    return {
      Releases: this.#ordered.map(({ Release }) => Release),
      Problems: [...this.#cycles(), ...await this.#kept()],
      sealed: (draft, release) => Promise.resolve(this.#sealed(draft, release)),
      behind: (draft) => this.#behind(draft),
    };
  }

  /** The zips of coming versions that are needed. */
  #zips(needs: Needs | null): Needs["Zips"] {
    return (needs?.Zips ?? []).filter(({ Path, Version }) =>
      this.known.Coming.get(Path) === Version
    );
  }

  /** The lines of other modules of the repository that nobody has yet. */
  async #published(lines: readonly GoSumLine[]): Promise<GoSumLine[]> {
    const have = new Set(lines.map(keyOf));
    const wanted = this.cars.flatMap(({ Needs }) => [...Needs?.Zips ?? [], ...Needs?.GoMods ?? []]);
    const missing = new Map(
      wanted.filter((m) =>
        this.known.Paths.has(m.Path) && this.known.Coming.get(m.Path) !== m.Version &&
        !have.has(keyOf(m))
      ).map((m) => [keyOf(m), m]),
    );
    return (await Promise.all([...missing.values()].map((m) => this.known.hashes(m)))).flat();
  }

  /** What one go.mod comes to require another may have to require too. */
  async #settle(): Promise<void> {
    for (let round = 0; round < this.cars.length + 3; round++) {
      let changed = false;
      for (const car of this.cars) {
        const { GoMod: now, Needs: needs } = await withoutDropped(car, this.known);
        const { Replace } = parse("go.mod", now).Mod;
        car.Needs = needs && withStrangers(
          car,
          needs,
          (path) => this.known.Paths.has(path) && !Replace.some(({ Old }) => Old.Path === path),
        );
        if (!car.Needs || !this.#isConcerned(car, now)) {
          car.Needs = null;
          continue;
        }
        for (const [path, version] of car.Needs.Raise) car.Require.set(path, version);
        for (const one of car.Needs.Add) car.Add.set(one.Path, one);
        for (const [path, is] of car.Needs.Indirect) car.Indirect.set(path, is);
        if (car.Needs.Go !== undefined) car.Go = car.Needs.Go;
        const next = goModWithout(car, (line) => drops(car, line, this.known));
        changed ||= !same(next, car.GoMod);
        if (!same(next, car.GoMod)) car.GoMod = next;
        this.known.GoMods.set(car.Release.Dir, car.GoMod);
      }
      if (!changed) return;
    }
  }

  #isConcerned({ Release, Needs, Before }: Car, goMod: Uint8Array): boolean {
    if (!same(goMod, Before)) return true;
    const paths = [...parse("go.mod", goMod).Mod.Require, ...Needs?.Add ?? []];
    return paths.some(({ Path }) => Path !== Release.Path && this.known.Paths.has(Path));
  }

  /** Brings a go.sum to what is needed, with the hashes that are known by now. */
  #writeSums(
    draft: Draft,
    car: Car,
    { Was, Needs }: Pick<Car, "Was" | "Needs">,
    foreign: readonly GoSumLine[] = [],
  ): void {
    if (!Was || !Needs) return;
    const go = parse("go.mod", car.GoMod).Mod.Go?.Version ?? "";
    const pruned = go !== "" && compareGoVersions(go, "1.17") >= 0;
    // What others of the graph require is for a server to say.
    const strangers = Needs.GoMods.some(({ Path }) => !this.known.Paths.has(Path));
    const lines = changedGoSum(car.Sums, {
      Before: Was,
      After: Needs,
      own: (path) => !strangers || this.known.Paths.has(path) || pruned && car.Require.has(path),
      Offered: [
        ...this.#hashes,
        ...foreign.filter(({ Path, Version }) =>
          this.known.Coming.get(Path) !== Version.replace(/\/go\.mod$/, "")
        ),
      ],
    });
    const bytes = formatGoSum(lines);
    if (same(bytes, formatGoSum(car.Sums))) return;
    car.Sums = lines;
    const file = goSumOf(car.Release);
    // As go mod tidy does: one that is there stays, be it empty, and none is made without a line.
    if (lines.length > 0 || car.SumMode) draft.write(file, car.SumMode ?? "100644", bytes);
    else draft.remove(file, "100644");
  }

  #sealed(draft: Draft, { Path, Version, Sum, GoModSum }: SealedRelease): void {
    this.#hashes.push(goSumLines({ Path, Version }, { Sum, GoModSum })[0]);
    for (const car of this.#ordered) {
      if (car.Release.Path === Path) car.Sealed = true;
      else if (!car.Sealed) this.#writeSums(draft, car, car);
    }
  }

  /** Whether git keeps the changed files as they are. */
  async #kept(): Promise<Problem[]> {
    const files = this.cars.flatMap(({ Release, Before, GoMod, Sums, SumMode, Needs }) => [
      ...(GoMod === Before ? [] : [{ File: goModOf(Release.Dir), Bytes: Before }]),
      ...(SumMode && Needs ? [{ File: goSumOf(Release), Bytes: formatGoSum(Sums) }] : []),
    ]).filter(({ File }) => !this.included.has(File));
    const converted = await convertedFiles(this.draft.repo, files.map(({ File }) => File));
    return await stored(this.draft.repo, this.draft.base, files, converted);
  }

  /** Whose go.sum lacks what in the tagged commit. */
  #cycles(): Problem[] {
    return this.#ordered.flatMap(({ Release, Needs }, at): Problem[] => {
      const later = this.#ordered.slice(at + 1).map((car) => car.Release);
      const lacks = later.filter(({ Path }) => this.#zips(Needs).some((zip) => zip.Path === Path));
      if (lacks.length === 0) return [];
      const names = some(lacks.map(({ Path, Version }) => `${clean(Path)} ${Version}`));
      return [problem(
        "train-cycle",
        `${clean(Release.Path)} and what it requires need each other: its tag goes without the ` +
          `hash of ${names} in go.sum, ${
            this.restores
              ? "and the next commit replaces again what it is of"
              : "which the next commit adds"
          }; users see no difference.`,
        { where: { File: goSumOf(Release) } },
      )];
    });
  }

  /** The commit behind the tagged one: go.sum completed, and replacements as they were. */
  async #behind(draft: Draft): Promise<Behind | null> {
    const after = new Draft(draft.repo, draft.empty ? draft.base : await draft.planned());
    const restored = this.restores ? await this.#restore(after) : [];
    const lacking = this.#ordered.filter((car) => {
      const { length } = car.Sums;
      if (!restored.includes(car)) this.#writeSums(after, car, car);
      return car.Sums.length !== length && !restored.includes(car);
    });
    if (after.empty) return null;
    const names = (cars: readonly Car[]) => some(cars.map((car) => clean(car.Release.Path)));
    const tags = some(this.#ordered.map((car) => clean(car.Release.TagName)));
    const subject = restored.length > 0
      ? "Back to development: restore replace lines"
      : "Complete go.sum of what requires each other";
    return {
      Written: await after.written(),
      Message: `${subject}\n\nAfter ${tags}.\n` +
        (restored.length > 0 ? `Replace lines of ${names(restored)} are back.\n` : "") +
        (lacking.length > 0 ? `go.sum of ${names(lacking)} is complete.\n` : ""),
    };
  }

  async #restore(after: Draft): Promise<Car[]> {
    const dropped = this.cars.filter((car) => droppedOf(car, this.known).length > 0);
    for (const car of dropped) {
      const bytes = goModWithout(car, () => false);
      after.edit(goModOf(car.Release.Dir), car.Mode, bytes);
      this.known.GoMods.set(car.Release.Dir, bytes);
    }
    for (const car of dropped) {
      const bytes = this.known.GoMods.get(car.Release.Dir)!;
      const Needs = await needsOf(parse("go.mod", bytes).Mod, car.Release.Dir, this.known);
      this.#writeSums(after, car, { Was: car.Needs, Needs });
    }
    return dropped;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
