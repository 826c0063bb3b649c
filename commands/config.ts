/** `gorel config`: each setting and where it comes from; the schema of the file; agreeing to its commands. */
import type { Answer, ConfigDocument, Options } from "../lib/cli/answer.ts";
import { settings, strangers } from "../lib/cli/settings.ts";
import { digestOf } from "../lib/config/commands.ts";
import { type ConfigFile, readConfig } from "../lib/config/file.ts";
import { type GoSettings, goSettings, settingNames } from "../lib/config/goenv.ts";
import { configName } from "../lib/config/keys.ts";
import { openRepository, type Repository } from "../lib/git/repository.ts";
import { agreedIn } from "../lib/journal/agreed.ts";
import { type Problem, problem, Refused, stops } from "../lib/problem.ts";
import type { Services } from "../lib/services.ts";
import { withoutCredentials } from "../lib/text.ts";

/** Shows the settings; what is wrong with the file is shown too, and then it is exit 3. */
export async function run(options: Options, services: Services): Promise<Answer> {
  if (options.flags.schema) return await schema();
  const opened = await openRepository(services, options.cwd);
  const repo = "Code" in opened ? undefined : opened;
  const read = repo && !repo.Bare ? await readConfig(repo.Root) : null;
  const wrong = Array.isArray(read) ? read : [];
  const file = Array.isArray(read) ? undefined : read ?? undefined;
  if (options.flags.agree !== undefined) await agree(options, repo, file, wrong);
  const Problems = [
    ...("Code" in opened ? refusing(opened) : []),
    ...wrong,
    ...strangers(services.env),
  ];
  const document: ConfigDocument = {
    ...(read !== null && { File: configName }),
    Values: settings(options, services.env, file),
    Accept: file?.Accept.map(({ Code, Reason, Line }) => ({ Code, Reason, Line })) ?? [],
    ...(repo && file && file.Commands.length > 0 && { Commands: commandsOf(repo, file) }),
    Go: shown(await goSettings(services, options.cwd)),
    Problems,
  };
  return { Kind: "config", Document: document, ...(Problems.some(stops) && { Exit: 3 }) };
}

async function schema(): Promise<Answer> {
  const { schemaOf } = await import("../lib/config/schema.ts");
  const { codeOf } = await import("../lib/cli/explain/codes.ts");
  const all = schemaOf((code) => codeOf(code).Text[0]!);
  return { Kind: "schema", Document: all };
}

/** A place without a repository is as good as any other; one that git refuses is worth a word. */
function refusing(found: Problem): Problem[] {
  const isPlain = found.Code === "not-a-repository" && !/^Git refuses/.test(found.Text);
  return isPlain ? [] : [{ ...found, Level: "warn" }];
}

function commandsOf(
  repo: Repository,
  { Commands }: ConfigFile,
): NonNullable<ConfigDocument["Commands"]> {
  const Run = Commands.map(({ When, Step, Run }) => ({ When, Step, Run }));
  const Digest = digestOf(Run);
  return { Digest, Agreed: agreedIn(repo.CommonDir).includes(Digest), Run };
}

/**
 * Remembers that the maintainer agreed to exactly the commands that the file has now. Refused
 * (`commands-not-agreed`) where the digest of the command line is another one's; in the
 * environment it may be meant for another repository.
 */
async function agree(
  { flags, given }: Options,
  repo: Repository | undefined,
  file: ConfigFile | undefined,
  wrong: readonly Problem[],
): Promise<void> {
  const typed = given?.has("agree") ?? true;
  const { notAgreed, remember } = await import("../lib/apply/agree.ts");
  if (repo && file && file.Commands.length > 0) {
    if (flags.agree === digestOf(file.Commands)) return remember(repo.CommonDir, flags.agree);
    if (typed) throw new Refused([notAgreed(file.Commands, flags.agree)]);
  }
  if (!typed) return;
  if (wrong.length > 0) throw new Refused(wrong);
  const text = `There is nothing to agree to: no ${configName} here has a command.`;
  throw new Refused([problem("commands-not-agreed", text, { fix: "gorel config" })]);
}

/** What go says, without the credentials that a proxy's URL may hold. */
function shown(go: GoSettings): GoSettings {
  const out = { ...go };
  for (const name of settingNames) {
    const value = out[name];
    if (value !== undefined) out[name] = withoutCredentials(value);
  }
  return out;
}
