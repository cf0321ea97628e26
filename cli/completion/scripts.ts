export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * The scripts that a shell sources. They pass the words to `crm __complete`, which prints a line for each offer, `value<Tab>about`,
 * and `:files` or `:folders` if the shell should offer its own paths.
 */
export const scripts: Record<Shell, string> = {
  bash: `# Completion of crm in bash. In ~/.bashrc: source <(crm completion bash)
_crm_completion() {
  local current="\${COMP_WORDS[COMP_CWORD]}" value about path
  COMPREPLY=()
  [[ $current == '=' ]] && current=''
  while IFS=$'\\t' read -r value about; do
    case "$value" in
      :files | :folders)
        compopt -o filenames 2>/dev/null
        local kind=-f
        [[ $value == ':folders' ]] && kind=-d
        while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$kind" -- "$current")
        ;;
      *) COMPREPLY+=("$value") ;;
    esac
  done < <("$1" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _crm_completion crm
`,
  zsh: `#compdef crm
# Completion of crm in zsh. In ~/.zshrc, after compinit: source <(crm completion zsh)
_crm() {
  local -a offers
  local line paths=''
  for line in "\${(@f)$(crm __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    case "$line" in
      :files | :folders) paths="$line" ;;
      ?*) offers+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
    esac
  done
  (( $#offers )) && _describe -t offers 'crm' offers
  case "$paths" in
    :files) _files ;;
    :folders) _files -/ ;;
  esac
}
if [[ "\${funcstack[1]}" == _crm ]]; then _crm "$@"; else compdef _crm crm; fi
`,
  fish: `# Completion of crm in fish. Once: crm completion fish > ~/.config/fish/completions/crm.fish
function __crm_completion
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in (crm __complete -- $words[2..-1] "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':folders'
                __fish_complete_directories "$current"
            case '*'
                printf '%s\\n' $line
        end
    end
end
complete -c crm -f -a '(__crm_completion)'
`,
};
