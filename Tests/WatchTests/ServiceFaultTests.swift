// What an inbox must survive: each fault is really produced, and afterwards every file has its result.

import Glibc
import LinuxIO
import SystemPackage
import TestSupport
import Testing

@Suite("the service under faults", .serialized) struct ServiceFaultTests {
    private let bench: FaultBench

    init() throws { bench = try FaultBench() }

    private func expect(_ script: String, _ arguments: [String] = [], prints output: String) throws {
        try bench.expect(script, arguments, prints: output)
    }

    // MARK: - Results that cannot be written

    private static let brokenResults = #"""
        mkdir state/results
        mount -t tmpfs -o size=2m results state/results
        case $1 in
            full)
                break_it() { head -c 4000000 /dev/zero > state/results/filler 2> /dev/null; [ -s state/results/filler ]; }
                mend_it() { rm state/results/filler; } ;;
            read-only)
                break_it() { mount -o remount,ro state/results 2> /dev/null; }
                mend_it() { mount -o remount,rw state/results; } ;;
        esac
        start
        drop 1 5
        all_have_results
        wait_for states_are done=5
        wait_for break_it || true
        drop 6 7
        new 1.txt changed
        wait_for told deferred 1
        listed() { ledger list --deferred --format json | grep -q '"reason" *: *"result-not-written"'; }
        wait_for listed
        # One that was tried in vain several times: that is told once.
        tried() { ledger list --deferred --format json | grep -qE '"attempts" *: *[2-9]'; }
        wait_for tried
        drop 8 25
        echo "meanwhile: $(ls state/results | grep -c audit.json) results"
        drop 26 30
        mend_it
        within=30 all_have_results
        wait_for states_are done=30
        stop
        echo "deferred twice: $(twice deferred)"
        echo "not told: $(silent audited)"
        echo "results: $(verdicts)"
        """#

    @Test(arguments: ["full", "read-only"]) func resultsThatCannotBeWrittenComeLater(_ fault: String) throws {
        try expect(
            Self.brokenResults,
            [fault],
            prints: """
                meanwhile: 5 results
                deferred twice: none
                not told: none
                results: pass=30
                """
        )
    }

    // MARK: - Too little of inotify

    @Test(arguments: [("watches", 5), ("instances", 0)]) func whatCannotBeWatchedIsPolled(_ limit: String, _ value: Int)
        throws
    {
        try expect(
            #"""
            as=(unshare -Ur bash -c 'echo "$0" > "/proc/sys/user/max_inotify_$1"; exec "${@:2}"' "$2" "$1")
            for folder in {0..9}; do mkdir inbox/$folder; new $folder/before.txt 1$folder; done
            start
            all_have_results
            for folder in {0..9}; do new $folder/after.txt 2$folder; new $folder/before.txt 3$folder; done
            new top.txt 4
            all_have_results
            wait_for states_are done=21
            stop
            echo "told: $(count folderNotWatched)"
            journalctl -q -o cat MESSAGE_ID=$folderNotWatched | grep -o 'fs[.]inotify[.]max_user_[a-z]*' | sort -u
            """#,
            [limit, "\(value)"],
            prints: "told: 1\nfs.inotify.max_user_\(limit)"
        )
    }

    // MARK: - The inbox

    @Test func anInboxThatIsDeletedAndMadeAgain() throws {
        try expect(
            #"""
            start
            drop 1 10
            all_have_results
            wait_for states_are done=10
            rm -r inbox
            wait_for told inboxLost 1
            mkdir inbox
            drop 1 5; drop 11 15; new 6.txt changed
            wait_for told inboxBack 1
            all_have_results
            drop 16 20
            all_have_results
            # At once, before it can be noticed.
            mkdir new; mv inbox old; mv new inbox
            drop 16 25
            all_have_results
            stop
            echo "lost $(count inboxLost) times, back $(count inboxBack) times"
            echo "told twice: $(twice audited)"
            echo "not told: $(silent audited)"
            """#,
            prints: """
                lost 2 times, back 2 times
                told twice: 6.txt
                not told: none
                """
        )
    }

    // MARK: - The ledger

    @Test func aLedgerThatIsDamagedOrRemovedIsMadeAnew() throws {
        try expect(
            #"""
            garble() { head -c 100000 /dev/urandom > state/nianbao.sqlite; }
            start
            drop 1 20
            all_have_results
            wait_for states_are done=20
            stop
            garble
            start
            wait_for told ledgerRebuilt 1
            wait_for states_are done=20
            garble
            wait_for told ledgerRebuilt 2
            wait_for states_are done=20
            rm state/nianbao.sqlite
            wait_for told ledgerRebuilt 3
            wait_for states_are done=20
            drop 20 21
            all_have_results
            wait_for states_are done=21
            stop
            rm state/nianbao.sqlite*
            start
            wait_for told ledgerRebuilt 4
            wait_for states_are done=21
            stop
            echo "told twice: $(twice audited)"
            echo "not told: $(silent audited)"
            echo "results: $(verdicts)"
            """#,
            prints: """
                told twice: none
                not told: none
                results: pass=21
                """
        )
    }

    // MARK: - Processes that stop or die

    private static let slowReport = #"""
        slow() {
            local line number=0
            line=$(printf '举办业务培训XX期，受训人员较多；%.0s' {1..8})
            { echo "${pass%%做好县政府*}"; for ((; number < $2; number++)); do echo "第$number次：$line"; done
                echo "做好县政府${pass#*做好县政府}"; } > "$1"
        }
        busy_worker() {
            local process
            for process in $(workers quick); do
                grep -q '^State:.R' /proc/$process/status 2> /dev/null && victim=$process && return
            done
            return 1
        }

        """#

    @Test func aWorkerThatIsStoppedHoldsUpNoOtherFile() throws {
        try expect(
            Self.slowReport + #"""
                start
                slow slow.txt 1500
                drop 1 1
                all_have_results
                mv slow.txt inbox/
                wait_for busy_worker
                kill -STOP $victim
                [ -e state/results/slow.txt.audit.json ] && echo "stopped too late"
                # Each file in the inbox but this one.
                mv inbox/slow.txt outside.txt
                drop 2 40
                all_have_results
                [ -e state/results/slow.txt.audit.json ] && echo "it was not stopped"
                mv outside.txt inbox/slow.txt
                kill -CONT $victim
                all_have_results
                wait_for states_are done=41
                stop
                echo "workers that died: $(count workerDied)"
                """#,
            prints: "workers that died: 0"
        )
    }

    /// The time limit of documents that a program converts can be set, and is 3 s here.
    @Test func aStoppedWorkerIsEndedAtItsTimeLimit() throws {
        try expect(
            #"""
            pdf() { printf '%%PDF-1.4\n%s\n' "$2" > "inbox/$1"; }
            start
            pdf first.pdf 1
            all_have_results
            victim=$(workers pdf | head -n 1)
            kill -STOP $victim
            pdf stopped.pdf 2
            drop 1 20
            for number in {1..5}; do pdf $number.pdf $number; done
            all_have_results
            wait_for told workerDied 1
            kill -0 $victim 2> /dev/null && echo "the stopped worker is there yet"
            drop 21 22; pdf last.pdf last
            all_have_results
            # It is tried again by another worker: the document did nothing.
            wait_for states_are done=30
            echo "quarantined: $(count quarantined)"
            stop
            """#,
            prints: "quarantined: 0"
        )
    }
}

// MARK: - Processes that are killed

extension ServiceFaultTests {
    @Test func eachProcessIsKilledInTurn() throws {
        try expect(
            #"""
            start
            new first.txt 0
            printf '%%PDF-1.4\n' > inbox/first.pdf
            all_have_results
            drop 1 100 &
            dropper=$!
            killed=
            for lane in quick pdf spare; do
                for victim in $(workers $lane); do kill -KILL $victim && killed+="$lane "; done
            done
                wait $dropper
            drop 101 150
            murder
            drop 151 200
            start
            all_have_results
            wait_for states_are done=202
            stop
            [[ $killed = *quick* && $killed = *pdf* ]] || echo "killed only: $killed"
            echo "not told: $(silent audited)"
            echo "results: $(verdicts)"
            """#,
            prints: "not told: none\nresults: pass=201 unreadable=1"
        )
    }

    /// Between a result and what the ledger and the journal say of it, wherever that happens to be.
    @Test func killedRightAfterTheFirstResults() throws {
        try expect(
            #"""
            appeared() { [ "$(find state/results -name '*.audit.json' | wc -l)" -gt "$1" ]; }
            for round in {0..9}; do
                start
                before=$(find state/results -name '*.audit.json' | wc -l)
                drop $((round * 20 + 1)) $((round * 20 + 20))
                wait_for appeared $before
                sleep 0.0$((RANDOM % 10))
                murder
            done
            start
            all_have_results
            wait_for states_are done=200
            stop
            echo "not told: $(silent audited)"
            echo "results: $(verdicts)"
            echo "half-written: $(find state/results -type f ! -name '*.audit.json' | wc -l)"
            """#,
            prints: "not told: none\nresults: pass=200\nhalf-written: 0"
        )
    }

    @Test func twentyRestartsUnderLoad() throws {
        try expect(
            #"""
            for ((number = 1; number <= 200; number++)); do new $number.txt $number; sleep 0.02; done &
            dropper=$!
            for round in {1..20}; do
                start_only
                sleep 0.$((RANDOM % 4))
                # Before it can hear a signal, SIGTERM ends it like any program.
                if ((round % 2)); then murder; else kill -TERM $service; wait $service || true; fi
            done
            wait $dropper
            start
            all_have_results
            wait_for states_are done=200
            stop
            echo "not told: $(silent audited)"
            echo "results: $(verdicts)"
            """#,
            prints: "not told: none\nresults: pass=200"
        )
    }

    /// No document of ours kills a worker, so a killer waits for this one.
    @Test func aDocumentThatKillsItsWorker() throws {
        try expect(
            Self.slowReport + #"""
                sed -i 's/workers: 2/workers: 1/' nianbao.yaml
                kill_it() { told quarantined "$1" && return; busy_worker && sleep 0.1 && kill -KILL $victim; return 1; }
                slow slow.txt 3000
                start
                drop 1 1
                all_have_results
                cp slow.txt inbox/bad.txt
                wait_for kill_it 1 2> /dev/null
                wait_for states_are done=1 quarantined=1
                echo "at first: $(verdicts), $(count workerDied) deaths"
                stop
                start
                new 2.txt 2
                all_have_results
                wait_for states_are done=2 quarantined=1
                echo "at a restart: $(count quarantined) entry, $(count audited) audited"
                ledger retry bad.txt > retried
                wait_for states_are done=3
                echo "asked for: $(verdicts)"
                echo "Another line." >> slow.txt
                cp slow.txt inbox/bad.txt
                wait_for kill_it 2 2> /dev/null
                wait_for states_are done=2 quarantined=1
                echo "changed: $(verdicts)"
                new bad.txt 3
                all_have_results
                wait_for states_are done=3
                stop
                echo "mended: $(verdicts)"
                """#,
            prints: """
                at first: pass=1 unreadable=1, 2 deaths
                at a restart: 1 entry, 2 audited
                asked for: fail=1 pass=2
                changed: pass=2 unreadable=1
                mended: pass=3
                """
        )
    }

    // MARK: - Others' mistakes

    @Test func aPrivateFileIsNamedWithItsRemedy() throws {
        try expect(
            #"""
            cp "$program" nianbao; chmod 755 nianbao; program=$folder/nianbao
            chown nobody state
            as=(setpriv --reuid=65534 --regid=65534 --clear-groups --)
            start
            new private.txt 1
            chmod 600 inbox/private.txt
            (umask 077; new never.txt 2)
            drop 1 1
            wait_for told deferred 2
            wait_for states_are deferred=2 done=1
            told=$(journalctl -q -o cat --output-fields=MESSAGE MESSAGE_ID=$deferred)
            echo "entries name owner, mode and remedy: $(grep -c '属主为 root.*权限为 0600.*chmod' <<< "$told")"
            echo "in the ledger: $(ledger list --deferred --format json | grep -c '"reason" *: *"permission-denied"')"
            chmod 644 inbox/*.txt
            wait_for states_are done=3
            all_have_results
            stop
            echo "results: $(verdicts)"
            echo "deferred twice: $(twice deferred)"
            """#,
            prints: "entries name owner, mode and remedy: 2\nin the ledger: 2\nresults: pass=3\ndeferred twice: none"
        )
    }

    @Test func aSecondServiceIsRefused() throws {
        try expect(
            #"""
            start
            status=0
            LANG=en_GB.UTF-8 "$program" watch --config nianbao.yaml 2> refusal || status=$?
            echo "ends with $status"
            grep -c "in use by another nianbao watch (process $service)" refusal
            drop 1 1
            all_have_results
            murder
            start
            drop 2 2
            all_have_results
            stop
            """#,
            prints: "ends with 78\n1"
        )
    }

    // MARK: - Events that are lost

    /// NIANBAO_OVERFLOW_FILES: how many files are dropped.
    @Test func theKernelLosesEvents() throws {
        let limit = try KernelFile.words("/proc/sys/fs/inotify/max_queued_events").first.flatMap { Int($0) }
        let count = getenv("NIANBAO_OVERFLOW_FILES").flatMap { Int(String(cString: $0)) } ?? 300
        try FaultBench(in: "/dev/shm").expect(
            #"""
            start
            drop 1 2
            all_have_results
            kill -STOP $service
            # The kernel's queue is full of this, before the files come. An event like the last one would not count.
            for ((number = 0; number <= $2 / 2; number++)); do : >> inbox/1.txt; : >> inbox/2.txt; done
            # One content under many names: what is tried is that each is found.
            for ((number = 3; number <= $1; number++)); do echo "$pass" > inbox/$number.txt; done
            mkdir inbox/late; new late/report.txt late
            kill -CONT $service
            wait_for told rescanned 1
            within=3000 all_have_results
            # The folder is watched, too, that only the walk found.
            new late/other.txt other
            all_have_results
            stop
            echo "not told: $(silent audited)"
            echo "told twice: $(twice audited)"
            """#,
            ["\(count)", "\(limit ?? 16_384)"],
            prints: "not told: none\ntold twice: none"
        )
    }
}
