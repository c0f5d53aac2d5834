import StarlingFormats
import StarlingLearning
import StarlingMath
import StarlingProject
import StarlingWekinator
import Testing

/// What a weights blob answers.
func answer(_ weights: Weights, _ inputs: [Float]) throws -> [Float] {
    let predictor = Predictor(wordCapacity: weights.words.count, maximumInputs: inputs.count, maximumOutputs: weights.outputKeys.count)
    try #require(weights.words.withUnsafeBufferPointer { predictor.load($0.baseAddress!, count: $0.count) })
    var outputs = [Float](repeating: 0, count: weights.outputKeys.count)
    predictor.run(inputs: inputs, outputs: &outputs)
    return outputs
}

/// A trained project with a choice and a number: 40 examples on a plane.
func example() throws -> Exchange {
    var exchange = Exchange(
        WekinatorSetup(
            inputNames: ["x", "y"],
            outputs: [OutputSetup(name: "choice", kind: .categories(count: 2)), .continuous("level")]))
    for i in 0..<40 {
        let x = Float(i % 8) / 8, y = Float(i / 8) / 5
        exchange.examples.inputs += [x, y]
        exchange.examples.outputs += [x + y < 0.8 ? 1 : 2, i % 10 == 9 ? .nan : 0.5 * x - y]
        exchange.examples.rounds.append(1 + i / 20)
    }
    return try Exchange(project: exchange.projectFile())
}

/// Whether examples are the same, missing values included, recordings numbered as they may be.
func isSame(_ a: WekinatorExamples, _ b: WekinatorExamples) -> Bool {
    a.inputs == b.inputs && a.outputs.map(\.bitPattern) == b.outputs.map(\.bitPattern)
}

@Suite struct FormatTests {
    @Test func aProjectComesBackFromItsFile() throws {
        let exchange = try example()
        #expect(exchange.examples.count == 40)
        #expect(exchange.weights.allSatisfy { $0 != nil })
        var again = exchange
        #expect(try isSame(Exchange(project: again.projectFile()).examples, exchange.examples))
    }

    @Test func tablesComeBack() throws {
        var exchange = try example()
        for table in [try Exchange(arff: exchange.arff(), outputs: ["choice", "level"]), try Exchange(csv: exchange.csv(), outputs: ["choice", "level"])] {
            #expect(table.setup.inputNames == ["x", "y"])
            #expect(table.examples.inputs == exchange.examples.inputs)
        }
        #expect(try isSame(Exchange(arff: exchange.arff(), outputs: ["choice", "level"]).examples, exchange.examples))
        #expect(exchange.notices.contains { "\($0)".contains("models") })
    }

    @Test func theTableThatWekinatorWrites() throws {
        let text = """
            @relation dataset

            @attribute ID numeric
            @attribute Time date 'yyyy/MM/dd HH:mm:ss:SSS'
            @attribute 'Training round' numeric
            @attribute inputs-1 numeric
            @attribute outputs-1 {0,1,2,3}
            @attribute outputs-2 numeric

            @data
            1,'2019/02/13 15:54:02:175',1,-48,2,0.5
            2,'2019/02/13 15:54:02:275',2,-47.5,?,0.25

            """
        let exchange = try Exchange(arff: Array(text.utf8))
        #expect(exchange.setup.inputNames == ["inputs-1"])
        #expect(exchange.setup.outputs[0].kind == .categories(count: 3))
        #expect(exchange.examples.inputs == [-48, -47.5])
        #expect(exchange.examples.outputs[0] == 2 && exchange.examples.outputs[2].isNaN && exchange.examples.outputs[3] == 0.25)
        #expect(exchange.examples.rounds == [1, 2])
    }

    @Test func tablesOfOthers() throws {
        let iris = "% a comment\n@RELATION iris\n@ATTRIBUTE 'petal length' REAL\n@ATTRIBUTE class {Iris-setosa,'Iris x'}\n@DATA\n1.4,Iris-setosa\n5,'Iris x'\n"
        let exchange = try Exchange(arff: Array(iris.utf8))
        #expect(exchange.setup.inputNames == ["petal length"])
        #expect(exchange.examples.outputs == [1, 2])
        let german = "x;klasse\n1,5;rot\n2;blau\n"
        let sheet = try Exchange(csv: Array(german.utf8))
        #expect(sheet.examples.inputs == [1.5, 2])
        #expect(sheet.setup.outputs[0].kind == .categories(count: 2))
        for wrong in ["@data\n1\n", "@attribute a numeric\n@data\n1,2\n", "@attribute a {x}\n@attribute b numeric\n@data\ny,1\n", "", "@attribute a relational\n@data\n"] {
            #expect(throws: StarlingError.self) { try Exchange(arff: Array(wrong.utf8)) }
        }
    }

    // MARK: RapidLib

    static let rapid = """
        {"metadata":{"creator":"Rapid API C++","inputNames":["inputs-1","inputs-2"],"numInputs":2,"numOutputs":1,"version":"v0.1.1"},
         "modelSet":[{"modelType":"Neural Network","inputNames":["inputs-1","inputs-2"],"whichInputs":[0,1],"numInputs":2,
          "numHiddenLayers":1,"numHiddenNodes":2,"numHiddenOutputs":1,"inBases":[0.5,0.5],"inRanges":[0.5,0.5],"outBase":1,"outRange":1,
          "nodes":[{"name":"Linear Node 0","Node 1":-1.29279,"Node 2":1.51898,"Threshold":-0.128958},
           {"name":"Sigmoid Node 1","Attrib inputs-1":-0.950309,"Attrib inputs-2":-0.663496,"Threshold":-0.218945},
           {"name":"Sigmoid Node 2","Attrib inputs-1":0.860379,"Attrib inputs-2":1.102371,"Threshold":-0.14240}]}]}
        """

    /// That model set by its own formulas.
    private func rapidAnswer(_ x: [Double]) -> Double {
        func sigmoid(_ z: Double) -> Double { 1 / (1 + exponential(-z)) }
        let z = x.map { ($0 - 0.5) / 0.5 }
        let first = sigmoid(-0.950309 * z[0] - 0.663496 * z[1] - 0.218945)
        let second = sigmoid(0.860379 * z[0] + 1.102371 * z[1] - 0.1424)
        return (-1.29279 * first + 1.51898 * second - 0.128958) * 1 + 1
    }

    /// The exponential by its series; exact enough for arguments of a few units.
    private func exponential(_ x: Double) -> Double {
        var sum = 1.0, term = 1.0
        for n in 1..<60 {
            term *= x / Double(n)
            sum += term
        }
        return sum
    }

    @Test func aNetworkOfRapidLibAnswersAsItDidThere() throws {
        let exchange = try Exchange(rapidLib: JSON(reading: Array(FormatTests.rapid.utf8)))
        var again = exchange
        let back = try Exchange(rapidLib: again.rapidLib())
        for x in [[0.0, 0], [1, 1], [0.3, 0.9], [-1, 2]] {
            let wanted = rapidAnswer(x)
            #expect(try abs(Double(answer(exchange.weights[0]!, x.map { Float($0) })[0]) - wanted) < 2e-5)
            #expect(try abs(Double(answer(back.weights[0]!, x.map { Float($0) })[0]) - wanted) < 4e-5)
        }
        // It survives being a project, though it has no examples.
        let kept = try Exchange(project: again.projectFile())
        #expect(kept.weights[0] == exchange.weights[0])
    }

    @Test(arguments: ["kNN Classificiation", "kNN classification"]) func theNearestExamplesOfRapidLib(spelling: Text) throws {
        let text = "{\"modelSet\":[{\"modelType\":\"\(spelling)\",\"k\":\"3\",\"inputNames\":[\"a\",\"b\"],\"numInputs\":2,\"whichInputs\":[0,1],\"examples\":[{\"class\":0,\"features\":[0,0]},{\"class\":2,\"features\":[\"1\",1]}]}]}"
        var exchange = try Exchange(rapidLib: JSON(reading: Array(text.utf8)))
        #expect(exchange.setup.outputs[0].settings.first == 3)
        #expect(exchange.examples.outputs == [0, 2])
        #expect(exchange.examples.inputs == [0, 0, 1, 1])
        let back = try Exchange(rapidLib: exchange.rapidLib())
        #expect(isSame(back.examples, exchange.examples))
    }

    @Test func ourNetworkMeansTheSameToRapidLib() throws {
        var exchange = try example()
        let json = try exchange.rapidLib()
        let back = try Exchange(rapidLib: json)
        #expect(back.setup.outputs.map { $0.classCount > 0 } == [true, false])
        for x in [[0.1, 0.2], [0.7, 0.4]] as [[Float]] {
            #expect(try abs(answer(back.weights[1]!, x)[0] - answer(exchange.weights[1]!, x)[0]) < 1e-4)
        }
    }

    @Test func modelSetsThatCannotBeRead() {
        for text in ["{\"modelSet\":[]}", "{\"metadata\":{\"numInputs\":1},\"modelSet\":[{\"modelType\":\"DTW\"}]}",
            "{\"metadata\":{\"numInputs\":1},\"modelSet\":[{\"modelType\":\"Neural Network\",\"numHiddenLayers\":2}]}"] {
            #expect(throws: StarlingError.self) { try Exchange(rapidLib: JSON(reading: Array(text.utf8))) }
        }
    }

    // MARK: FluCoMa

    @Test func setsOfFluCoMaComeBack() throws {
        var exchange = try example()
        let made = exchange.labelSet()
        let labels = try #require(made)
        let back = try Exchange(dataSet: exchange.dataSet(), labels: labels)
        #expect(back.examples.inputs == exchange.examples.inputs)
        #expect(back.setup.outputs[0].kind == .categories(count: 2))
        #expect(Exchange.fluCoMaKind(exchange.dataSet()) == .dataSet && Exchange.fluCoMaKind(labels) == .labelSet)
        #expect(throws: StarlingError.self) { try Exchange(dataSet: exchange.dataSet(), labels: nil) }
    }

    @Test func ourNetworkMeansTheSameToFluCoMa() throws {
        var exchange = try example()
        let json = try exchange.fluCoMaNetwork()
        let back = try Exchange(fluCoMaNetwork: json)
        // By FluCoMa's own formula: tanh(x W + b), then the same without tanh.
        let layers = try #require(json["layers"]?.list)
        func numbers(_ json: JSON?) -> [Float] { json?.list?.compactMap { $0.number.map { Float($0) } } ?? [] }
        for x in [[0.1, 0.2], [0.7, 0.4]] as [[Float]] {
            var values = x
            for (index, layer) in layers.enumerated() {
                let rows = layer["weights"]!.list!.map { numbers($0) }
                var sums = numbers(layer["biases"])
                for (value, row) in zip(values, rows) { for i in sums.indices { sums[i] += value * row[i] } }
                values = index == 0 ? sums.map { Float((exponential(2 * Double($0)) - 1) / (exponential(2 * Double($0)) + 1)) } : sums
            }
            let own = try answer(exchange.weights[1]!, x)[0]
            #expect(abs(values[0] - own) < 1e-4)
            #expect(try abs(answer(back.weights[0]!, x)[0] - own) < 1e-4)
        }
    }

    @Test func networksOfFluCoMaThatCannotBeRead() throws {
        func layer(_ activation: Int) -> String { "{\"rows\":1,\"cols\":1,\"activation\":\(activation),\"weights\":[[1]],\"biases\":[0]}" }
        for layers in [[2, 0], [3, 3], [3], [3, 3, 0]] {
            let text = "{\"layers\":[\(layers.map(layer).joined(separator: ","))]}"
            #expect(throws: StarlingError.self) { try Exchange(fluCoMaNetwork: JSON(reading: Array(text.utf8))) }
        }
    }

    // MARK: Wekinator

    @Test func aFolderOfWekinatorComesBack() throws {
        var exchange = try example()
        exchange.setup.name = "A & B"
        exchange.setup.outputs[0].sendsDistribution = true
        exchange.setup.outputs[1].kind = .continuous(minimum: -2, maximum: 3, isWhole: true, isHard: true)
        let files = exchange.wekinatorFolder()
        #expect(files.map(\.path).contains("A & B.wekproj"))
        let back = try Exchange(wekinatorFolder: "A & B") { path in files.first { $0.path == path }?.bytes }
        #expect(back.setup.outputs.map(\.kind) == exchange.setup.outputs.map(\.kind))
        #expect(back.setup.outputs[0].sendsDistribution)
        #expect(back.setup.inputNames == ["x", "y"])
        #expect(isSame(back.examples, exchange.examples))
    }

    @Test func gesturesOfWekinatorComeBack() throws {
        var exchange = Exchange(WekinatorSetup(inputNames: ["x", "y"], outputs: [OutputSetup(name: "outputs-1", kind: .gestures(count: 2))]))
        exchange.examples.recordings = [.init(gesture: 1, frames: [1, 2, 3, 4]), .init(gesture: 0, frames: [5, 6])]
        let files = exchange.wekinatorFolder()
        let back = try Exchange(wekinatorFolder: "g") { path in files.first { $0.path == path }?.bytes }
        #expect(back.examples.recordings == exchange.examples.recordings)
        #expect(back.setup.outputs == exchange.setup.outputs)
        var again = back
        #expect(try Exchange(project: again.projectFile()).examples.recordings == back.examples.recordings)
    }

    /// As XStream writes Wekinator's matcher; what is not read is left out here.
    @Test func howGesturesAreMatchedIsReadAndWrittenBack() throws {
        let model = """
            <DtwModel>
              <isGestureActive><boolean>true</boolean><boolean>true</boolean></isGestureActive>
              <data><numGestures>2</numGestures><downsampleFactor>2</downsampleFactor></data>
              <settings><minAllowedGestureLength>5</minAllowedGestureLength><hopSizeForContinuousSearch>1</hopSizeForContinuousSearch>
                <matchWidth>5</matchWidth><downsampleFactor>1</downsampleFactor><runningType>LABEL_ONCE_PER_RECORD</runningType>
                <minimumLengthRestriction>SET_CONSTANT</minimumLengthRestriction></settings>
              <matchThreshold>7.25</matchThreshold>
              <selectedInputs><boolean>false</boolean><boolean>true</boolean></selectedInputs>
            </DtwModel>
            """
        var gestures = Exchange(WekinatorSetup(inputNames: ["x", "y"], outputs: [OutputSetup(name: "outputs-1", kind: .gestures(count: 2))]))
        let files = gestures.wekinatorFolder().filter { $0.path != "current/models/model1.xml" }
            + [FolderFile(path: "current/models/model1.xml", bytes: Array(model.utf8))]
        var read = try Exchange(wekinatorFolder: "g") { path in files.first { $0.path == path }?.bytes }
        #expect(read.setup.outputs[0].isNamedOnce && read.setup.outputs[0].threshold == 7.25 && read.setup.outputs[0].inputs == [1])
        // By way of a project and a folder of ours.
        var project = try Exchange(project: read.projectFile())
        let written = project.wekinatorFolder()
        let back = try Exchange(wekinatorFolder: "g") { path in written.first { $0.path == path }?.bytes }
        #expect(back.setup.outputs == read.setup.outputs)
    }

    @Test func settingsOfAModelAreReadFromItsJavaFile() throws {
        let path = "<Path>\n <inputNames><string>x</string></inputNames><recordEnabled>true</recordEnabled>\n <modelBuilder class=\"wekimini.learning.KNNModelBuilder\"><numNeighbors>7</numNeighbors></modelBuilder></Path>"
        let bytes: [UInt8] = [0xAC, 0xED, 0, 5, 0x74] + Array(path.utf8) + [0, 1, 2, 255]
        var exchange = try example()
        var files = exchange.wekinatorFolder()
        files.append(FolderFile(path: "current/models/model0.xml", bytes: bytes))
        let back = try Exchange(wekinatorFolder: "k") { path in files.first { $0.path == path }?.bytes }
        #expect(back.setup.outputs[0].settings == [7, 0])
        #expect(back.setup.outputs[0].inputs == [0])
    }

    @Test func brokenFoldersAreRefused() {
        for text in ["", "<a", "<a>", "<a>&bomb;</a>", String(repeating: "<a>", count: 100)] {
            #expect(throws: StarlingError.self) { try Exchange(wekinatorFolder: "x") { _ in Array(text.utf8) } }
        }
    }
}
