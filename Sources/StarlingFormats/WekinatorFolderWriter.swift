import StarlingMath
import StarlingProject
import StarlingWekinator

extension Exchange {
    /// The files of a folder that holds this project.
    public mutating func wekinatorFolder() -> [FolderFile] {
        let name = setup.name.isEmpty ? Text("Untitled") : setup.name
        var files = [
            FolderFile(path: name.asFileName + ".wekproj", bytes: wekproj(name)),
            FolderFile(path: "inputConfig.xml", bytes: inputConfig()), FolderFile(path: "outputConfig.xml", bytes: outputConfig()),
        ]
        if setup.outputs.contains(where: { !$0.isGestures }) { files.append(FolderFile(path: "current/currentData.arff", bytes: arff())) }
        if !examples.recordings.isEmpty { files.append(FolderFile(path: "current/currentData.csv", bytes: gestureTable())) }
        if let gestures = setup.outputs.first(where: { $0.isGestures }) {
            files.append(FolderFile(path: "current/models/model1.xml", bytes: matcher(gestures)))
        }
        notices.append(
            "Models could not be written, as Wekinator keeps objects of its Java library: make a project with these inputs and outputs in Wekinator, and load current/currentData.arff there.")
        return files
    }

    private func wekproj(_ name: Text) -> [UInt8] {
        tag("WekinatorFileData", tag("oscReceivePort", "6448") + tag("projectName", name.escapedForXML)).utf8
    }

    private func inputConfig() -> [UInt8] {
        let names = setup.inputNames.reduce(Text()) { $0 + tag("string", $1.escapedForXML) }
        return tag(
            "OSCInputGroup",
            tag("oscMessage", setup.inputAddress.escapedForXML) + tag("numInputs", Text(setup.inputNames.count))
                + tag("groupName", "Inputs") + tag("inputNames", names)
        ).utf8
    }

    private func outputConfig() -> [UInt8] {
        var list = Text("<outputs class=\"linked-list\">\n")
        for output in setup.outputs { list += output.wekinatorXML }
        list += Text("</outputs>\n")
        return tag(
            "OSCOutputGroup",
            tag("oscMessage", setup.outputAddress.escapedForXML) + tag("hostName", "localhost") + tag("outputPort", "12000") + list
        ).utf8
    }

    /// How gestures are matched: of what Wekinator keeps of its matcher the settings.
    private func matcher(_ output: OutputSetup) -> [UInt8] {
        let chosen = setup.inputNames.indices.map { output.inputs?.contains($0) ?? true }
        let settings =
            tag("minAllowedGestureLength", "5") + tag("hopSizeForContinuousSearch", "1") + tag("matchWidth", "5")
            + tag("runningType", output.isNamedOnce ? "LABEL_ONCE_PER_RECORD" : "LABEL_CONTINUOUSLY")
            + tag("minimumLengthRestriction", "SET_CONSTANT") + tag("downsamplePolicy", "DOWNSAMPLE_TO_MAX_LENGTH")
            + tag("downsampleMaxLength", "10")
        return tag(
            "DtwModel",
            tag("numGestures", Text(output.width)) + tag("settings", settings) + tag("matchThreshold", Text(shortest: output.threshold))
                + tag("selectedInputs", chosen.reduce(Text()) { $0 + tag("boolean", $1 ? "true" : "false") })
        ).utf8
    }

    private func gestureTable() -> [UInt8] {
        var text = Text("#dimensions, class, features\n")
        for recording in examples.recordings {
            text += Text(setup.inputNames.count) + Text(",") + Text(recording.gesture + 1) + Text(",")
            for value in recording.frames { text += Text(shortest: value) + Text(",") }
            text.utf8.append(10)
        }
        return text.utf8
    }
}

/// An element with its content.
private func tag(_ name: Text, _ content: Text) -> Text { "<" + name + ">" + content + "</" + name + ">\n" }

extension OutputSetup {
    /// The output as Wekinator describes it.
    var wekinatorXML: Text {
        switch kind {
        case .categories(let count):
            tag(
                "wekimini.osc.OSCClassificationOutput",
                tag("name", name.escapedForXML) + tag("numClasses", Text(count))
                    + tag("isSendingDistribution", sendsDistribution ? "true" : "false"))
        case .continuous(let minimum, let maximum, let isWhole, let isHard):
            tag(
                "wekimini.osc.OSCNumericOutput",
                tag("name", name.escapedForXML) + tag("min", Text(shortest: minimum)) + tag("max", Text(shortest: maximum))
                    + tag("outputType", isWhole ? "INTEGER" : "REAL") + tag("limitType", isHard ? "HARD" : "SOFT")
                    + tag("trainingDataLimitRestriction", "DONT_ENFORCE_LIMITS")
                    + tag("trainingDataIntegerRestriction", "DONT_ENFORCE_INTEGERS"))
        case .gestures(let count):
            tag(
                "wekimini.osc.OSCDtwOutput",
                tag("name", name.escapedForXML) + tag("numGestures", Text(count))
                    + tag("gestureNames", (0..<count).reduce(Text()) { $0 + tag("string", name.escapedForXML + "_" + Text($1)) })
                    + tag("gestureOscMessages", messages.reduce(Text()) { $0 + tag("string", $1.escapedForXML) })
                    + tag("outputOscMessage", "/wek/outputs"))
        }
    }
}
