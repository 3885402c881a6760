function __nianbao_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __nianbao_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __nianbao_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __nianbao_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __nianbao_parse_tokens -S
    set -l unparsed_tokens (__nianbao_tokens -pc)
    switch $unparsed_tokens[1]
    case 'nianbao'
        __nianbao_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'watch'
            __nianbao_parse_subcommand 0 'config=' 'inbox=+' 'state=' 'runtime=' 'lang=' 'version' 'h/help'
        case 'audit'
            __nianbao_parse_subcommand -r 1 'format=' 'files-from=' '0' 'config=' 'lang=' 'version' 'h/help'
        case 'rules'
            __nianbao_parse_subcommand 1 'format=' 'effective=' 'config=' 'lang=' 'version' 'h/help'
        case 'status'
            __nianbao_parse_subcommand 0 'format=' 'config=' 'state=' 'lang=' 'runtime=' 'version' 'h/help'
        case 'reload'
            __nianbao_parse_subcommand 0 'config=' 'state=' 'lang=' 'runtime=' 'version' 'h/help'
        case 'ledger'
            __nianbao_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'list'
                __nianbao_parse_subcommand 0 'settling' 'queued' 'working' 'done' 'deferred' 'quarantined' 'verdict=' 'agency=' 'year=' 'inbox=' 'left' 'format=' 'config=' 'state=' 'lang=' 'version' 'h/help'
            case 'show'
                __nianbao_parse_subcommand 1 'format=' 'config=' 'state=' 'lang=' 'version' 'h/help'
            case 'history'
                __nianbao_parse_subcommand 1 'format=' 'config=' 'state=' 'lang=' 'version' 'h/help'
            case 'export'
                __nianbao_parse_subcommand 0 'format=' 'history' 'bom' 'guard-formulas' 'config=' 'state=' 'lang=' 'version' 'h/help'
            case 'retry'
                __nianbao_parse_subcommand -r 1 'deferred' 'quarantined' 'all' 'config=' 'state=' 'lang=' 'version' 'h/help'
            end
        case 'config'
            __nianbao_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'check'
                __nianbao_parse_subcommand 1 'lang=' 'version' 'h/help'
            end
        case 'doctor'
            __nianbao_parse_subcommand 0 'config=' 'format=' 'lang=' 'version' 'h/help'
        case 'help'
            __nianbao_parse_subcommand -r 1 'version'
        end
    end
end

function __nianbao_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __nianbao_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __nianbao_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __nianbao_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__nianbao_tokens -p)
    if test -z "$(__nianbao_tokens -t)"
        set -l index (count (__nianbao_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'nianbao' -f
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'watch' -d '服务：监视收件夹，审核新到的报告，写出结果并通知 journald。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'audit' -d '审核年度报告，立即给出结果（不需要服务运行）。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'rules' -d '列出规则，或说明一条规则：检查内容、理由、依据、年度、修改建议、正反例；或说明对一个文件怎样适用。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'status' -d '服务在做什么：收件目录、排队、暂缓、隔离、最近的错误。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'reload' -d '让运行中的服务重新读取配置，等到有结果为止。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'ledger' -d '台账：收到的每个文件和每次审核的记录。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'config' -d '检查配置文件。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'doctor' -d '检查本机：能读哪些格式、缺哪个软件包，内核上限、目录权限、磁盘空间、台账和系统日志。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao" -eq 1' -fa 'help' -d '显示子命令的帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao watch" config' -l 'config' -d '配置文件。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao watch"' -l 'inbox' -d '收件夹；可重复，可命名（名称=目录）。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao watch" state' -l 'state' -d '状态目录，结果写在其 results/ 下。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao watch" runtime' -l 'runtime' -d '控制套接字所在的目录；缺省为 $RUNTIME_DIRECTORY，没有则为状态目录。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao watch" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao watch" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao watch" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao audit" -ge 1' -F
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao audit" format' -l 'format' -d '输出格式：text（给人看）、json（一个数组）、ndjson（每行一个对象）、sarif（SARIF 2.1.0）。' -rfka 'text json ndjson sarif'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao audit" files-from' -l 'files-from' -d '从文件读取文件名，每行一个；“-”为标准输入。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao audit" 0' -s '0' -d '--files-from 中的文件名以 NUL 分隔，而不是换行。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao audit" config' -l 'config' -d '采用服务的配置；不给出时用内置默认值，不读取任何配置文件。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao audit" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao audit" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao audit" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao rules" format' -l 'format' -d '输出格式：text、json 或 markdown（docs/rules.md 由此生成）。' -rfka 'text json markdown'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao rules" effective' -l 'effective' -d '说明对这个文件，各条规则的级别、参数和豁免。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao rules" config' -l 'config' -d '与 --effective 同用：配置文件；不给出时用 /etc/nianbao/nianbao.yaml，没有则为内置默认值。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao rules" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao rules" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao rules" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao status" format' -l 'format' -d '输出格式：text 或 json。' -rfka 'text json'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao status" config' -l 'config' -d '配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao status" state' -l 'state' -d '状态目录，台账在其中。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao status" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao status" runtime' -l 'runtime' -d '控制套接字所在的目录；缺省为 $RUNTIME_DIRECTORY，没有则为状态目录。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao status" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao status" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao reload" config' -l 'config' -d '配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao reload" state' -l 'state' -d '状态目录，台账在其中。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao reload" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao reload" runtime' -l 'runtime' -d '控制套接字所在的目录；缺省为 $RUNTIME_DIRECTORY，没有则为状态目录。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao reload" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao reload" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger" -eq 1' -fa 'list' -d '列出文件：状态、结论、机关、年度。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger" -eq 1' -fa 'show' -d '一个文件的全部记录：状态、原因、怎样处理、结论、历次审核。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger" -eq 1' -fa 'history' -d '一个机关或一个文件历次的审核。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger" -eq 1' -fa 'export' -d '导出全部记录：CSV 或 JSON。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger" -eq 1' -fa 'retry' -d '请服务立即重新审核。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" settling' -l 'settling' -d '只列静置的。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" queued' -l 'queued' -d '只列排队的。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" working' -l 'working' -d '只列审核中的。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" done' -l 'done' -d '只列完成的。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" deferred' -l 'deferred' -d '只列暂缓的。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" quarantined' -l 'quarantined' -d '只列隔离的。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" verdict' -l 'verdict' -d '只列这个结论的。' -rfka 'pass review fail unreadable'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" agency' -l 'agency' -d '只列这个机关的，写全称。' -rfka ''
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" year' -l 'year' -d '只列这个报告年度的。' -rfka ''
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" inbox' -l 'inbox' -d '只列这个收件目录的，写名称。' -rfka ''
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" left' -l 'left' -d '列出已经离开收件目录的文件。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" format' -l 'format' -d '输出格式：text、json 或 csv。' -rfka 'text json csv'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" config' -l 'config' -d '配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" state' -l 'state' -d '状态目录，台账在其中。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger list" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger show" -eq 1' -F
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger show" format' -l 'format' -d '输出格式：text 或 json。' -rfka 'text json'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger show" config' -l 'config' -d '配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger show" state' -l 'state' -d '状态目录，台账在其中。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger show" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger show" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger show" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger history" -eq 1' -F
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger history" format' -l 'format' -d '输出格式：text、json 或 csv。' -rfka 'text json csv'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger history" config' -l 'config' -d '配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger history" state' -l 'state' -d '状态目录，台账在其中。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger history" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger history" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger history" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" format' -l 'format' -d '输出格式：csv 或 json（一个数组）。' -rfka 'csv json'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" history' -l 'history' -d '历次审核，每次一条。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" bom' -l 'bom' -d 'CSV 以 UTF-8 的字节顺序标记开头，供 Excel 识别。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" guard-formulas' -l 'guard-formulas' -d 'CSV 中电子表格会当作公式的文字，前面加一个 \'。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" config' -l 'config' -d '配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" state' -l 'state' -d '状态目录，台账在其中。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger export" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao ledger retry" -ge 1' -F
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" deferred' -l 'deferred' -d '全部暂缓的文件。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" quarantined' -l 'quarantined' -d '全部隔离的文件。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" all' -l 'all' -d '全部暂缓和隔离的文件。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" config' -l 'config' -d '配置文件；与状态目录都不给出时为 /etc/nianbao/nianbao.yaml。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" state' -l 'state' -d '状态目录，台账在其中。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao ledger retry" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao config" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao config" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao config" -eq 1' -fa 'check' -d '检查配置文件：列出每个问题的文件、行号和改法。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_positional "nianbao config check" -eq 1' -F
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao config check" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao config check" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao config check" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao doctor" config' -l 'config' -d '配置文件，检查其中的目录。' -rF
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao doctor" format' -l 'format' -d '输出格式：text 或 json。' -rfka 'text json'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao doctor" lang' -l 'lang' -d '语言：zh 或 en（默认取自 LANG，否则 zh）。' -rfka 'zh en'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao doctor" version' -l 'version' -d '显示版本。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao doctor" h help' -s 'h' -l 'help' -d '显示帮助。'
complete -c 'nianbao' -n '__nianbao_should_offer_completions_for_flags_or_options "nianbao help" version' -l 'version' -d '显示版本。'
