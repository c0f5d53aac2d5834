import StarlingLearning
import StarlingMath
import Testing

@Suite struct DatasetTests {
    @Test func refusesWhatIsNoNumberWithASentence() throws {
        let dataset = Dataset(inputCount: 2, outputCount: 2, task: .categories)
        for bad: Float in [.nan, .infinity, -.infinity, 1e16] {
            let error = #expect(throws: StarlingError.self) { try dataset.add([0, bad], [0]) }
            #expect(error?.sentence.hasPrefix("Input 2 of the example is ") == true)
        }
        let unknown = #expect(throws: StarlingError.self) { try dataset.add([0, 1], [2]) }
        #expect(unknown?.sentence.hasPrefix("The category is number 2, but there are 2 categories, ") == true)
        #expect(dataset.count == 0)
        dataset.addCategory()
        try dataset.add([0, 1], [2])
        #expect(dataset.count == 1 && dataset.outputCount == 3)
    }

    @Test func targetsMayBeMissingButNotAll() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 2, task: .continuous)
        for bad: [Float] in [[1, .infinity], [.nan, 1e16]] {
            #expect(throws: StarlingError.self) { try dataset.add([0], bad) }
        }
        let error = #expect(throws: StarlingError.self) { try dataset.add([0], [.nan, .nan]) }
        #expect(error?.sentence.hasPrefix("The example has no targets, ") == true)
        try dataset.add([7], [1, 2])
        try dataset.add([8], [.nan, 3])
        #expect(Array(dataset.inputs(0)) == [7] && Array(dataset.outputs(0)) == [1, 2])
        #expect(dataset.outputs(1).first!.isNaN && dataset.outputs(1).last! == 3 && dataset.count == 2)
    }

    @Test func removesWholeTakes() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
        for i in 0..<9 { try dataset.add([Float(i)], [0], take: i % 3) }
        dataset.remove(take: 1)
        dataset.remove(take: 77)
        #expect((0..<dataset.count).map { dataset.inputs($0).first! } == [0, 2, 3, 5, 6, 8])
        #expect((0..<dataset.count).map(dataset.take) == [0, 2, 0, 2, 0, 2])
        dataset.removeAll()
        #expect(dataset.count == 0)
    }

    @Test func aTrainingLearnsFromTheExamplesAsTheyWere() throws {
        let dataset = try clouds([30, 30], inputCount: 3, spread: 0.3, seed: 1)
        let before = train(dataset, network, calibrates: true)
        let trainer = Trainer(model: network)
        trainer.start(dataset, outputKeys: dataset.keys)
        _ = trainer.step(work: 1000)
        try dataset.add([9, 9, 9], [0])
        #expect(trainer.finish() == before)
    }
}
