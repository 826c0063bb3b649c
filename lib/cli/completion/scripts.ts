/**
 * What `gorel completion` prints: a function that hands the line over to gorel and the answer
 * (reply.ts) to the shell. The scripts know nothing of commands and flags, so that one that was
 * saved does not grow old; and nothing of an answer is ever expanded.
 */

/** The shells that there is a script for. */
export const shells = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof shells)[number];

/** For bash 3.2 and newer, with bash-completion or without. */
const bash = `# Completes the words of gorel in bash.
_gorel() {
  local mode='' word
  COMPREPLY=()
  {
    IFS= read -r mode
    while IFS= read -r word; do COMPREPLY[\${#COMPREPLY[@]}]=$word; done
  } < <(COLUMNS=\${COLUMNS-} COMP_TYPE=\${COMP_TYPE-} \\
    gorel __complete bash -- "\${COMP_LINE:0:$COMP_POINT}" "$2" 2>/dev/null </dev/null)
  case $mode in
    open) compopt -o nospace ;;
    files) compopt -o default ;;
    folders) compopt -o dirnames ;;
  esac 2>/dev/null
}
complete -o nosort -F _gorel gorel 2>/dev/null || complete -F _gorel gorel
`;

/** Read at the start of a shell, behind compinit, or kept as the file _gorel in a folder of fpath. */
const zsh = `#compdef gorel
# Completes the words of gorel in zsh.
_gorel() {
  local line
  local -i failed=1
  local -a lines closed closed_shown open open_shown
  lines=("\${(@f)$(COLUMNS=$COLUMNS gorel __complete zsh -- \\
    "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null </dev/null)}")
  case $lines[1] in
    files) _files; return ;;
    folders) _files -/; return ;;
  esac
  for line in "\${(@)lines[2,-1]}"; do
    case \${line%%$'\\t'*} in
      *[/=@]) open+=("\${line%%$'\\t'*}") open_shown+=("\${line#*$'\\t'}") ;;
      ?*) closed+=("\${line%%$'\\t'*}") closed_shown+=("\${line#*$'\\t'}") ;;
    esac
  done
  compadd -V gorel -d closed_shown -a closed && failed=0
  compadd -V gorel -S '' -d open_shown -a open && failed=0
  return failed
}
if [[ \${funcstack[1]-} == _gorel ]]; then
  _gorel "$@"
elif (( $+functions[compdef] )); then
  compdef _gorel gorel
else
  print -ru2 'gorel: its completion needs compinit before it'
fi
`;

const fish = `# Completes the words of gorel in fish.
function __gorel_complete
    set -l words (commandline -opc)
    set -l begun (commandline -ct)
    # A quote that is still open is closed for this.
    set begun (string unescape -- $begun; or string unescape -- $begun'"'; or string unescape -- $begun"'")
    set -l answer (gorel __complete fish -- $words[2..] "$begun" 2>/dev/null </dev/null)
    switch "$answer[1]"
        case files
            __fish_complete_path (commandline -ct)
        case folders
            __fish_complete_directories (commandline -ct)
        case words
            printf '%s\\n' $answer[2..]
    end
end
complete -c gorel -e
complete -c gorel -k -f -a '(__gorel_complete)'
`;

/** The script of each shell. */
export const scripts: Readonly<Record<Shell, string>> = { bash, zsh, fish };
