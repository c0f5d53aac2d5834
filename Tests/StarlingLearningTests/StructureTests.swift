import StarlingLearning
import StarlingMath
import Testing

/// Components, groups and scalings against scikit-learn; see tools/make-kind-fixtures.py.
@Suite struct StructureTests {
    private func standardised(_ fixture: Fixture) -> [Float] {
        let width = fixture.inputCount
        let table = fixture.rows.flatMap { $0[..<width] }
        return scaled(table, columns: width, ColumnScaling(table, columns: width, method: .standard))
    }

    private func scaled(_ table: [Float], columns: Int, _ scaling: ColumnScaling) -> [Float] {
        var result = table
        result.withUnsafeMutableBufferPointer { buffer in
            for row in 0..<table.count / columns { scaling.apply(buffer.baseAddress! + row * columns) }
        }
        return result
    }

    private func projected(_ found: PrincipalComponents, _ points: [Float]) -> [[Float]] {
        points.withUnsafeBufferPointer { points in
            (0..<points.count / found.dimension).map { row in
                var result = [Float](repeating: 0, count: found.componentCount)
                found.project(points.baseAddress! + row * found.dimension, into: &result)
                return result
            }
        }
    }

    @Test(arguments: ["iris", "wine", "breast-cancer"], ["pca", "white"])
    func componentsAreThoseOfScikitLearn(name: String, column: String) throws {
        let fixture = try Fixture(name)
        let wanted = try Fixture(name + "-numbers", in: "kinds").columns(startingWith: column + "-")
        let points = standardised(fixture)
        let found = PrincipalComponents(
            points: points, dimension: fixture.inputCount, components: 4, whitening: column == "white")
        let ours = projected(found, points)
        for k in 0..<4 {
            let side: Float = zip(ours, wanted).map { $0[k] * $1[k] }.reduce(0, +) < 0 ? -1 : 1
            let farthest = zip(ours, wanted).map { abs($0[k] - side * $1[k]) }.max()!
            #expect(farthest < 1e-3, "component \(k): \(farthest)")
        }
    }

    /// All components turn the rows and leave their distances as they were.
    @Test(arguments: [1, 2, 5, 64]) func allComponentsKeepDistances(dimension: Int) {
        var random = SeededRandom(seed: 3)
        let points = (0..<40 * dimension).map { _ in random.normal() }
        let found = PrincipalComponents(points: points, dimension: dimension, components: dimension)
        let places = projected(found, points)
        for (a, b) in [(0, 1), (5, 30), (39, 2)] {
            func squared(_ difference: (Int) -> Float) -> Float {
                (0..<dimension).map { difference($0) * difference($0) }.reduce(0, +).squareRoot()
            }
            let before = squared { points[a * dimension + $0] - points[b * dimension + $0] }
            let after = squared { places[a][$0] - places[b][$0] }
            #expect(abs(before - after) < 1e-4 * before, "seed 3")
        }
        #expect(found.variances == found.variances.sorted(by: >))
    }

    @Test func degenerateRowsGiveNoVariance() {
        for points: [Float] in [[1, 2, 3], [1, 2, 3, 1, 2, 3]] {
            let found = PrincipalComponents(points: points, dimension: 3, components: 3, whitening: true)
            #expect(found.variances == [0, 0, 0] && projected(found, points).allSatisfy { $0 == [0, 0, 0] })
        }
    }

    @Test func scalingsAreThoseOfScikitLearn() throws {
        let fixture = try Fixture("breast-cancer")
        let table = fixture.rows.flatMap { $0[..<10] }
        let numbers = try Fixture("scalings", in: "kinds")
        for (method, column) in [(.robust, "robust-"), (.range, "range-")] as [(ColumnScaling.Method, String)] {
            let ours = scaled(table, columns: 10, ColumnScaling(table, columns: 10, method: method))
            let wanted = numbers.columns(startingWith: column).flatMap { $0 }
            #expect(ours.distance(to: wanted) < 2e-5)
        }
    }

    @Test func scalingsLeaveOutWhatIsMissingOrConstant() {
        for method in ColumnScaling.Method.allCases {
            let scaling = ColumnScaling([1, 7, .nan, 3, 7, .nan, .nan, 7, .nan], columns: 3, method: method)
            var row: [Float] = [3, 9, 5]
            scaling.apply(&row)
            #expect(row[0] > 0 && row[1] == 0 && row[2] == 0)
            row = [.nan, .nan, .nan]
            scaling.apply(&row)
            #expect(row == [0, 0, 0])
        }
    }

    @Test func groupsAreAsTightAsScikitLearns() throws {
        let points = standardised(try Fixture("breast-cancer"))
        let least = try Fixture("scalings", in: "kinds").column("inertia")[0]
        let inertias = (1...5).map { seed in
            let groups = KMeans(points: points, dimension: 30, clusters: 8, seed: UInt64(seed))
            groups.finish()
            return Float(groups.inertia)
        }
        #expect(inertias.min()! < 1.02 * least && inertias.max()! < 1.1 * least, "\(inertias) against \(least)")
    }

    @Test func groupsOfFewOrEqualRowsAreSound() {
        for (points, clusters) in [([1, 2], 5), ([3, 4, 3, 4, 3, 4], 2), ([0, 0, 9, 9, 0, 1, 9, 8], 2)] as [([Float], Int)] {
            let groups = KMeans(points: points, dimension: 2, clusters: clusters)
            groups.finish()
            #expect(groups.clusterCount == min(clusters, points.count / 2))
            #expect(groups.centres.allSatisfy { $0.isFinite } && groups.inertia <= 1.0001)
        }
    }

    @Test func wordsAreCheckedCompletely() {
        var random = SeededRandom(seed: 7)
        let points = (0..<60).map { _ in random.normal() }
        let found = PrincipalComponents(points: points, dimension: 3, components: 2, whitening: true)
        let scaling = ColumnScaling(points, columns: 3, method: .robust)
        let groups = KMeans(points: points, dimension: 3, clusters: 4)
        groups.finish()
        #expect(PrincipalComponents(checking: found.words)?.words == found.words)
        #expect(ColumnScaling(checking: scaling.words)?.words == scaling.words)
        #expect(KMeans.centres(checking: groups.words)?.rows == groups.centres)
        func refuses(_ words: [Float], head: Int, _ isTaken: ([Float]) -> Bool) {
            for count in words.indices { #expect(!isTaken(Array(words[..<count]))) }
            for place in words.indices {
                for bad: Float in [.nan, -.infinity, 1e20, Float(bitPattern: 77)] where place < head || bad.magnitude > 1 || bad.isNaN {
                    var spoiled = words
                    spoiled[place] = bad
                    #expect(!isTaken(spoiled), "\(bad) at word \(place)")
                }
            }
        }
        refuses(found.words, head: 4) { PrincipalComponents(checking: $0) != nil }
        refuses(scaling.words, head: 2) { ColumnScaling(checking: $0) != nil }
        refuses(groups.words, head: 3) { KMeans.centres(checking: $0) != nil }
    }
}
