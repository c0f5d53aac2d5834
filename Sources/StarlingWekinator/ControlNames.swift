import StarlingMath
import StarlingOSC
import StarlingProject

extension Wekinator {
    /// Names all inputs.
    func setInputNames(_ arguments: ControlArguments) {
        guard let names = newNames(arguments, setup.inputNames.count, "inputs") else { return }
        setup.inputNames = names
        keeper.make("Name inputs", zip(keeper.names.columns, names).map { Change("controls", $0, "name", .text($1)) })
    }

    /// Names all outputs.
    func setOutputNames(_ arguments: ControlArguments) {
        guard let names = newNames(arguments, outputs.count, "outputs") else { return }
        for (i, name) in names.enumerated() {
            outputs[i].setup.name = name
            setup.outputs[i].name = name
        }
        keeper.make("Name outputs", outputs.indices.flatMap { named($0, names[$0]) })
    }

    private func named(_ output: Int, _ name: Text) -> [Change] {
        let knob = keeper.names.knobs[output].map { [Change("knobs", $0, "name", .text(name))] } ?? []
        return [Change("models", keeper.names.models[output], "name", .text(name))] + knob
    }

    /// Names for all of something, each another; nil, with a complaint, for anything else.
    private func newNames(_ arguments: ControlArguments, _ count: Int, _ what: StaticString) -> [Text]? {
        let names = arguments.values.indices.compactMap { arguments.text($0) }.filter { !$0.isEmpty && $0.utf8.count <= 100 }
        let isDouble = names.indices.contains { names[..<$0].contains(names[$0]) }
        if isStrict {
            complain("Names can be set only before a project is made.")
            return nil
        }
        guard names.count == count, names.count == arguments.values.count, !isDouble else {
            complain(Text("Names for ") + Text(what) + Text(" must be ") + Text(count) + Text(" texts of 1 to 100 bytes, each another."))
            return nil
        }
        return names
    }

    /// What can become of the project that is open; here one takes the other's place whatever is said.
    private static var fates: [Text] { ["CLOSECURRENT", "STOPCURRENTLISTENING", "KEEPCURRENTRUNNING"] }

    /// Goes on with another project.
    func openProject(_ arguments: ControlArguments) {
        guard let path = arguments.text(0) else {
            return complain("/wekinator/control/runNewProject needs the path of a project.")
        }
        if isStrict, arguments.values.count > 1, !Wekinator.fates.contains(where: { arguments.text(1) == $0 }) {
            return complain("The second argument of runNewProject must be CLOSECURRENT, STOPCURRENTLISTENING or KEEPCURRENTRUNNING.")
        }
        stopRecording()
        do throws(StarlingError) {
            let contents = try host.open(path)
            let (setup, names) = try WekinatorSetup.read(contents.document)
            stopRunning()
            self.setup = setup
            keeper = ProjectKeeper(document: contents.document, blobs: contents.blobs, names: names, host: host, revision: keeper.revision)
            host.keep(keeper.beginJournal())
            keeper.isChanged = true
            prepare()
            load(contents)
            host.tell(.news, Text("Opened ") + path + Text("."))
            if store.count > 0, !outputs.contains(where: { $0.isTrained }) { train() }
        } catch {
            complain(Text("Cannot open ") + path + Text(": ") + error.sentence)
        }
    }
}
