import Foundation
import StarlingMath
import StarlingWekinator

/// Set by SIGINT and SIGTERM; a signal handler may do no more.
nonisolated(unsafe) private var isAskedToEnd: sig_atomic_t = 0

/// One thread that receives, trains in between, and keeps the project.
final class RunLoop {
    private let wekinator: Wekinator
    private let host: RunHost
    private let runsAtOnce: Bool
    private var nextStatus = 0.0
    private var nextFlush = 0.0
    private var framesThen = 0
    private var statusThen = 0.0

    /// Multiply-adds between looks at the socket: a third of a millisecond.
    private static let slice = 1 << 20

    init(wekinator: Wekinator, host: RunHost, runsAtOnce: Bool) {
        self.wekinator = wekinator
        self.host = host
        self.runsAtOnce = runsAtOnce
    }

    /// Runs until it is asked to end, then keeps everything.
    func run() throws(StarlingError) {
        signal(SIGINT) { _ in isAskedToEnd = 1 }
        signal(SIGTERM) { _ in isAskedToEnd = 1 }
        signal(SIGPIPE, SIG_IGN)
        wekinator.resume(runsAtOnce: runsAtOnce)
        try save()
        while isAskedToEnd == 0 {
            if host.socket.wait(milliseconds: pause) { drain() }
            if wekinator.nextDue != nil { wekinator.release(at: RunLoop.now(), date: RunLoop.now(CLOCK_REALTIME)) }
            if wekinator.isTraining { _ = wekinator.step(work: RunLoop.slice, at: RunLoop.now()) }
            try rest()
        }
        host.player?.stop()
        wekinator.finish()
        try save()
        host.project?.leave()
        host.log.event("end", "Ended.")
    }

    /// Milliseconds until there is something to do at the latest; rounded up, as what is due must not be early.
    private var pause: Int32 {
        if wekinator.isTraining { return 0 }
        guard let due = wekinator.nextDue else { return 100 }
        return Int32(max(0, min(100, ((due - RunLoop.now(CLOCK_REALTIME)) * 1000).rounded(.up))))
    }

    /// Takes in what has come; a flood leaves room for all else after a thousand.
    private func drain() {
        let now = RunLoop.now()
        let date = RunLoop.now(CLOCK_REALTIME)
        for _ in 0..<1_000 {
            guard let packet = host.socket.receive() else { return }
            if packet.count > 0 { wekinator.receive(packet, at: now, date: date) }
        }
    }

    /// What is due now and then.
    private func rest() throws(StarlingError) {
        let now = RunLoop.now()
        if now >= nextFlush {
            nextFlush = now + 0.1
            wekinator.flush()
            follow()
            if wekinator.isChanged, wekinator.mayPause { try save() }
        }
        guard now >= nextStatus else { return }
        let perSecond = Double(wekinator.counts.frames - framesThen) / max(now - statusThen, 1e-3)
        host.log.status(
            wekinator.stateName, wekinator.counts, perSecond: perSecond, examples: wekinator.exampleCount, unsent: host.unsentCount)
        (framesThen, statusThen, nextStatus) = (wekinator.counts.frames, now, now + host.log.interval)
    }

    /// The player hears of what has changed, and people of a device that has gone.
    private func follow() {
        guard let player = host.player else { return }
        if let sentence = player.follow(wekinator) { host.log.event("warning", sentence) }
        guard player.isGone else { return }
        player.stop()
        host.player = nil
        host.log.event("warning", "The sound device has gone. Starling goes on without sound; start it anew to hear it again.")
    }

    private func save() throws(StarlingError) {
        guard let project = host.project else { return }
        try project.save(try wekinator.projectFile(), journalStart: wekinator.beginJournal())
    }

    /// Seconds on a clock: by default one that does not go backwards.
    static func now(_ clock: clockid_t = CLOCK_MONOTONIC) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
