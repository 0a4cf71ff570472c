/// `coachtalk completions`: what a shell may offer while somebody types a command line, from the ``CommandTable``.
///
/// Each script finds out which command stands on the line and how many words after it; what may stand at the cursor is a
/// list of kinds. Meetings and cycles come from `coachtalk list`, of which only their names are let through.
struct Completions {
  enum Shell: String { case bash, zsh, fish }

  let shell: Shell
  private let commands = CommandTable.commands

  init(_ shell: Shell) { self.shell = shell }

  var script: String {
    switch shell {
    case .bash: bash
    case .zsh: zsh
    case .fish: fish
    }
  }

  // MARK: - What there is, as sed reads it

  private static let meetings = #"sed -n 's/^  \([0-9][0-9]*-[a-z][a-z]*[-0-9]*\) .*/\1/p'"#
  private static let cycles = #"sed -n 's/^Cycle \([0-9][0-9]*\):.*/\1/p'"#
  private static let topics = #"sed -n 's/^  \([a-z][-a-z0-9]*\) .*/\1/p'"#
  /// Bash takes words apart at colons; the names without any do for most.
  private static let devices = #"arecord -L 2>/dev/null | sed -n '/^[-a-zA-Z0-9_.]*$/p'"#
  private static let allDevices = #"arecord -L 2>/dev/null | sed -n '/^[-a-zA-Z0-9_.:=,]*$/p'"#

  // MARK: - The table, as shells read it

  private var withValues: [CommandTable.Option] { CommandTable.options.filter { $0.place != nil } }

  private func kinds(_ place: CommandTable.Place) -> String {
    place.kinds.map { kind in
      if case .word(let word) = kind { word } else { "\(kind)" }
    }.joined(separator: " ")
  }

  /// A line for each place of each command at which something can be offered.
  private func places(_ line: (_ command: String, _ index: Int, _ place: CommandTable.Place) -> String) -> String {
    commands.flatMap { command in
      command.places.enumerated().filter { !$0.element.kinds.isEmpty }.map { line(command.name, $0.offset, $0.element) }
    }.joined(separator: "\n")
  }

  /// The arms of a `case` over the option whose value is being typed.
  private func valueArms(_ assign: (String) -> String) -> String {
    withValues.compactMap { option in
      option.place.flatMap { $0.kinds.isEmpty ? nil : "    \(option.name)) \(assign(kinds($0))) ;;" }
    }.joined(separator: "\n")
  }

  /// The arms of a `case` over `command:index`.
  private func placeArms(_ assign: (String) -> String) -> String {
    places { command, index, place in
      "    \(command):\(place.isRepeated ? "[\(index)-9]*" : "\(index)")) \(assign(kinds(place))) ;;"
    }
  }

  private func optionArms(_ line: (CommandTable.Option) -> String, _ assign: (String) -> String) -> String {
    commands.filter { !$0.options.isEmpty }.map { command in
      let own = CommandTable.options(of: command).map(line).joined(separator: " ")
      return "    \(command.name)) \(assign(own)) ;;"
    }.joined(separator: "\n")
  }

  private func quoted(_ text: String) -> String { "'" + text.replacing("'", with: #"'\''"#) + "'" }

  // MARK: - bash

  private var bash: String {
    #"""
    # What bash offers for coachtalk; made by: coachtalk completions bash
    _coachtalk() {
      local program=${1/#\~/$HOME} current=$2 command= wanted= words= kinds= kind word i n=0 recordings=()
      [[ $current != = ]] || current=
      for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ $word == [:=]* ]]; then # bash has taken a word apart here
          [[ $wanted ]] || ((i++))
        elif [[ $wanted ]]; then
          [[ $wanted != --recordings ]] || recordings=(--recordings "${word/#\~/$HOME}")
          wanted=
        else
          case $word in
          \#(withValues.map(\.name).joined(separator: " | "))) wanted=$word ;;
          -*) ;;
          *) if [[ $command ]]; then ((n++)); else command=$word; fi ;;
          esac
        fi
      done
      if [[ $wanted ]]; then
        case $wanted in
    \#(valueArms { "kinds='\($0)'" })
        esac
      elif [[ $current == -* ]]; then
        words='\#(CommandTable.common.map(\.name).joined(separator: " "))'
        case $command in
    \#(optionArms(\.name) { "words+=' \($0)'" })
        esac
      elif [[ ! $command ]]; then
        words='\#(commands.map(\.name).joined(separator: " "))'
      else
        case $command:$n in
    \#(placeArms { "kinds='\($0)'" })
        esac
      fi
      for kind in $kinds; do
        case $kind in
        meeting) words+=" latest $("$program" "${recordings[@]}" list 2>/dev/null | \#(Self.meetings))" ;;
        cycle) words+=" $("$program" "${recordings[@]}" list 2>/dev/null | \#(Self.cycles))" ;;
        topic) words+=" $("$program" guide 2>/dev/null | \#(Self.topics))" ;;
        device) words+=" none $(\#(Self.devices))" ;;
        folder) compopt -o dirnames 2>/dev/null ;;
        file) compopt -o default 2>/dev/null ;;
        *) words+=" $kind" ;;
        esac
      done
      COMPREPLY=($(compgen -W "$words" -- "$current"))
    }
    complete -F _coachtalk coachtalk
    """#
  }

  // MARK: - zsh

  private var zsh: String {
    let line = { (name: String, summary: String) in quoted("\(name):\(summary)") }
    let option = { (option: CommandTable.Option) in line(option.name, option.summary.inShort) }
    let valued = withValues.map(\.name).joined(separator: "|")
    return #"""
      #compdef coachtalk
      # What zsh offers for coachtalk; made by: coachtalk completions zsh
      _coachtalk() {
        local program=${${(Q)words[1]}/#\~/$HOME} command wanted word kind n=0 found=1
        local -a recordings kinds offers
        for word in "${(@)words[2,CURRENT-1]}"; do
          word=${(Q)word}
          if [[ -n $wanted ]]; then
            [[ $wanted != --recordings ]] || recordings=(--recordings "${word/#\~/$HOME}")
            wanted=
          else
            case $word in
            (\#(valued)) wanted=$word ;;
            (--recordings=*) recordings=("$word") ;;
            (-*) ;;
            (*) if [[ -n $command ]]; then ((n++)); else command=$word; fi ;;
            esac
          fi
        done
        if [[ $PREFIX == (\#(valued))=* ]]; then
          wanted=${PREFIX%%=*}
          compset -P 1 '*='
        fi
        if [[ -n $wanted ]]; then
          case $wanted in
      \#(valueArms { "kinds=(\($0))" })
          esac
        elif [[ $PREFIX == -* ]]; then
          offers=(\#(CommandTable.common.map(option).joined(separator: " ")))
          case $command in
      \#(optionArms(option) { "offers+=(\($0))" })
          esac
          _describe -o option offers
          return
        elif [[ -z $command ]]; then
          offers=(\#(commands.map { line($0.name, $0.summary.inShort) }.joined(separator: " ")))
          _describe command offers
          return
        else
          case $command:$n in
      \#(placeArms { "kinds=(\($0))" })
          esac
        fi
        for kind in $kinds; do
          case $kind in
          meeting) offers+=(latest $("$program" $recordings list 2>/dev/null | \#(Self.meetings))) ;;
          cycle) offers+=($("$program" $recordings list 2>/dev/null | \#(Self.cycles))) ;;
          topic) offers+=($("$program" guide 2>/dev/null | \#(Self.topics))) ;;
          device) offers+=(none $(\#(Self.allDevices))) ;;
          folder) _files -/ && found=0 ;;
          file) _files && found=0 ;;
          *) offers+=($kind) ;;
          esac
        done
        compadd -a offers && found=0
        return found
      }
      if [[ $funcstack[1] == _coachtalk ]]; then _coachtalk "$@"; else compdef _coachtalk coachtalk; fi
      """#
  }

  // MARK: - fish

  private var fish: String {
    let at = { (regex: String) in "-n '__coachtalk_at \"\(regex)\"'" }
    let optionLines = CommandTable.options.map { option in
      let owners = commands.filter { $0.options.contains(option.name) }.map(\.name)
      let condition = owners.isEmpty ? "" : at("(\(owners.joined(separator: "|"))):.*") + " "
      let value = option.place.map { $0.kinds.isEmpty ? "-x " : "-x -a '(__coachtalk_offer \(kinds($0)))' " } ?? ""
      return
        "complete -c coachtalk \(condition)-l \(option.name.dropFirst(2)) \(value)-d \(quoted(option.summary.inShort))"
    }
    let commandLines = commands.map {
      "complete -c coachtalk \(at(":0")) -a \($0.name) -d \(quoted($0.summary.inShort))"
    }
    let placeLines = places { command, index, place in
      let condition = at("\(command):" + (place.isRepeated ? "[\(index)-9].*" : "\(index)"))
      return "complete -c coachtalk \(condition) -a '(__coachtalk_offer \(kinds(place)))'"
    }
    return #"""
      # What fish offers for coachtalk; made by: coachtalk completions fish

      # The command on the line, and how many words stand after it: `show:0`.
      function __coachtalk_place
          set -l command
          set -l n 0
          set -l wanted
          for word in (commandline -opc)[2..]
              if set -q wanted[1]
                  set wanted
              else
                  switch $word
                      case \#(withValues.map(\.name).joined(separator: " "))
                          set wanted $word
                      case '-*'
                      case '*'
                          if set -q command[1]
                              set n (math $n + 1)
                          else
                              set command $word
                          end
                  end
              end
          end
          echo "$command:$n"
      end

      function __coachtalk_at
          string match -qr -- "^$argv[1]\$" (__coachtalk_place)
      end

      function __coachtalk_list
          set -l line (commandline -opc | string replace -r '^~' $HOME)
          set -l recordings
          for i in (seq (count $line))
              switch $line[$i]
                  case --recordings
                      set recordings --recordings $line[(math $i + 1)]
                  case '--recordings=*'
                      set recordings (string replace -r '=~' =$HOME -- $line[$i])
              end
          end
          $line[1] $recordings $argv 2>/dev/null
      end

      function __coachtalk_offer
          for kind in $argv
              switch $kind
                  case meeting
                      echo latest
                      __coachtalk_list list | \#(Self.meetings)
                  case cycle
                      __coachtalk_list list | \#(Self.cycles)
                  case topic
                      __coachtalk_list guide | \#(Self.topics)
                  case device
                      echo none
                      \#(Self.allDevices)
                  case folder
                      __fish_complete_directories (commandline -ct | string replace -r '^--[a-z-]+=' '')
                  case file
                      __fish_complete_path (commandline -ct)
                  case '*'
                      echo $kind
              end
          end
      end

      complete -c coachtalk -f
      \#((optionLines + commandLines).joined(separator: "\n"))
      \#(placeLines)
      """#
  }
}
