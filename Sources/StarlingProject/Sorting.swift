import StarlingMath

/// The place of a text that occurs before in a list; nil where all are different.
func repeated(count: Int, text: (Int) -> Text) -> Int? {
    let places = sortedPlaces(count: count) { text($0) < text($1) }
    for i in places.indices.dropFirst() where text(places[i]) == text(places[i - 1]) { return places[i] }
    return nil
}
