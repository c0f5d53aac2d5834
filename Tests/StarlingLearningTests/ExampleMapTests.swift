import StarlingLearning
import StarlingMath
import Testing

@Suite struct ExampleMapTests {
    private func positions(_ weights: Weights, _ dataset: Dataset) -> [(x: Float, y: Float)] {
        let model = predictor(weights)
        return (0..<dataset.count).map { model.mapPosition(inputs: Array(dataset.inputs($0))) }
    }

    @Test func allExamplesLieWithin() throws {
        let dataset = try clouds([80, 80], inputCount: 9, spread: 0.5, seed: 13)
        let places = positions(try #require(train(dataset, nearest)), dataset)
        let reach = places.map { max(abs($0.x), abs($0.y)) }.max()!
        #expect(reach > 0.999 && reach <= 1.00001)
    }

    /// Equal variances: the main axes could turn anywhere with every example.
    @Test func staysPutWhileExamplesAreAdded() throws {
        let dataset = Dataset(inputCount: 5, outputCount: 1, task: .continuous)
        var random = SeededRandom(seed: 17)
        for _ in 0..<40 { try dataset.add((0..<5).map { _ in random.normal() }, [0]) }
        for i in 0..<5 { // two strong directions of nearly the same strength, in every input
            for side: Float in [-4, 4] { try dataset.add((0..<5).map { $0 == i || $0 == (i + 1) % 5 ? side : 0 }, [0]) }
        }
        var earlier = try #require(train(dataset, nearest))
        var still = 0
        for step in 0..<20 {
            let before = positions(earlier, dataset)
            try dataset.add((0..<5).map { _ in random.normal() * 0.5 }, [0])
            let next = try #require(train(dataset, nearest, warm: earlier))
            let after = positions(next, dataset)
            let moved = zip(before, after).map { max(abs($0.x - $1.x), abs($0.y - $1.y)) }.max()!
            if moved < 0.25 { still += 1 }
            earlier = next
            #expect(moved < 1, "seed 17, step \(step): \(moved)")
        }
        #expect(still >= 18, "\(still) of 20")
    }

    /// The picture is 2 wide: on average old points move by at most 0.06 when a tenth more examples arrive, and by at most
    /// 0.2 when these all lie farther out on one side than any before, which moves the mean and needs room.
    @Test(arguments: ["iris", "wine", "breast-cancer"], 0..<4) func oldPointsStayWithATenthMore(name: String, part: Int) throws {
        let fixture = try Fixture(name)
        let before = try fixture.dataset(.categories)
        // Every tenth example comes later, or, last, the tenth that is farthest out.
        let far = fixture.rows.indices.sorted { fixture.rows[$0][0] > fixture.rows[$1][0] }.prefix(fixture.rows.count / 10)
        let later = part == 3 ? Array(far) : fixture.rows.indices.filter { $0 % 10 == part }
        for row in later { before.remove(take: row) }
        let earlier = try #require(train(before, nearest))
        let next = try #require(train(try fixture.dataset(.categories), nearest, warm: earlier))
        let shifts = zip(positions(earlier, before), positions(next, before)).map { old, new in
            ((old.x - new.x) * (old.x - new.x) + (old.y - new.y) * (old.y - new.y)).squareRoot()
        }
        let mean = shifts.reduce(0, +) / Float(shifts.count)
        #expect(mean < (part == 3 ? 0.2 : 0.06), "\(mean)")
    }

    @Test func aMirroredOrTurnedMapIsTurnedBack() throws {
        let dataset = Dataset(inputCount: 2, outputCount: 1, task: .continuous)
        var random = SeededRandom(seed: 19)
        for _ in 0..<50 { try dataset.add([random.normal() * 3, random.normal()], [0]) }
        let first = try #require(train(dataset, nearest))
        var mirrored = first.words
        for i in 0..<4 { mirrored[7 + 1 + 4 + i] *= i < 2 ? -1 : 1 }  // x axis of the map
        let earlier = try #require(Weights(checking: mirrored))
        let again = try #require(train(dataset, nearest, warm: earlier))
        for (a, b) in zip(positions(again, dataset), positions(earlier, dataset)) {
            #expect(abs(a.x - b.x) < 1e-3 && abs(a.y - b.y) < 1e-3)
        }
    }

    @Test func oneInputMakesALine() throws {
        let dataset = Dataset(inputCount: 1, outputCount: 1, task: .continuous)
        for i in 0..<9 { try dataset.add([Float(i)], [0]) }
        let places = positions(try #require(train(dataset, nearest)), dataset)
        #expect(places.map(\.x) == places.map(\.x).sorted() && places.allSatisfy { $0.y == 0 })
        #expect(places[0].x == -1 && places[8].x == 1 && abs(places[4].x) < 1e-6)
    }
}
