/** Problems as GitHub Actions shows them beside the file: workflow commands, a line each. */
import { acceptedWords, type Problem, stops } from "../../problem.ts";
import { clean } from "../../text.ts";
import { disarmed } from "../ci.ts";

/** The escapes that actions/runner takes back (ActionCommand.cs). */
const escapes: Readonly<Record<string, string>> = {
  "%": "%25",
  "\r": "%0D",
  "\n": "%0A",
  ":": "%3A",
  ",": "%2C",
};

/** The value of a property of a workflow command. */
function property(value: string | number): string {
  return String(value).replace(/[%\r\n:,]/g, (c) => escapes[c]!);
}

/** What stands behind a workflow command. */
function data(text: string): string {
  return text.replace(/[%\r\n]/g, (c) => escapes[c]!);
}

/** A workflow command for each problem, the text of the file's line where there is one. */
export function annotations(problems: readonly Problem[]): string {
  return problems.map((p) => {
    const command = stops(p) ? "error" : p.Level === "warn" ? "warning" : "notice";
    const { File, Line } = p.Where ?? {};
    const place = [
      ...(File === undefined ? [] : [`file=${property(clean(File))}`]),
      ...(Line === undefined ? [] : [`line=${property(Line)}`]),
    ].join(",");
    const more = p.Accepted !== undefined
      ? `\n${acceptedWords(clean(p.Accepted))}`
      : p.Fix === undefined
      ? ""
      : `\n→ ${clean(p.Fix)}`;
    const said = data(`${p.Code}: ${clean(p.Text)}${more}`);
    return `::${command}${disarmed(place && ` ${place}`)}::${disarmed(said)}\n`;
  }).join("");
}
