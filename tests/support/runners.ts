/** What CI systems find in a log and obey, as their own sources read it. */

export interface Command {
  Name: string;
  Properties: Record<string, string>;
  Data: string;
}

const back: Record<string, string> = { "%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": "," };

function unescaped(text: string, codes: RegExp): string {
  return text.replace(codes, (code) => back[code]!).replaceAll("%25", "%");
}

/** Every white space of .NET, and what its comparison of texts does not see. */
const leading = /^[\s\x85\p{Default_Ignorable_Code_Point}]+/u;
const unseen = /\p{Default_Ignorable_Code_Point}/gu;

/** A line that GitHub's runner obeys (actions/runner, ActionCommand.TryParseV2 and TryParse). */
function gitHubCommand(line: string): Command | null {
  const text = line.replace(leading, "");
  const plain = text.replace(unseen, "");
  const end = plain.startsWith("::") ? plain.indexOf("::", 2) : -1;
  if (end >= 0) {
    const info = plain.slice(2, end);
    const [, Name, rest = ""] = /^(\S*) ?(.*)$/s.exec(info)!;
    const Properties = Object.fromEntries(
      rest.trim().split(",").filter((pair) => pair.includes("=")).map((pair) => {
        const at = pair.indexOf("=");
        return [pair.slice(0, at), unescaped(pair.slice(at + 1), /%0D|%0A|%3A|%2C/g)];
      }),
    );
    return { Name: Name!, Properties, Data: unescaped(plain.slice(end + 2), /%0D|%0A/g) };
  }
  const old = /##\[([^\]]*)\](.*)/s.exec(plain);
  return old && { Name: old[1]!, Properties: {}, Data: old[2]! };
}

/** Every command of GitHub's in a log; its lines end as .NET reads them. */
export function gitHubCommands(log: string): Command[] {
  return log.split(/\r\n|\r|\n/).flatMap((line) => gitHubCommand(line) ?? []);
}

/** What the other systems would find: Azure, TeamCity, Buildkite and GitLab. */
export function otherCommands(log: string): string[] {
  return [
    ...log.replace(unseen, "").match(/##(?:vso|teamcity)?\[[^\n]*/gi) ?? [],
    ...log.match(/^(?:---|\+\+\+|~~~|\^\^\^)(?:\s.*)?$/gm) ?? [],
    // deno-lint-ignore no-control-regex
    ...log.match(/section_(?:start|end):\d+:[\w.-]+(?:\[[^\]\n]*\])?\r\x1b\[0K/g) ?? [],
  ];
}
