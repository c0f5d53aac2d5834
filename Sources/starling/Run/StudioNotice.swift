import StarlingEngine
import StarlingMath
import StarlingWekinator

extension Wekinator {
    /// Why the studio could not open this project, in a sentence; nil where it can.
    var studioNotice: Text? {
        if setup.inputNames.count > Controls.count {
            return Text("This project has ") + Text(setup.inputNames.count) + Text(" inputs. It runs here; the studio opens projects with up to ")
                + Text(Controls.count) + Text(".")
        }
        // A model of the studio may have several knobs, which are as many outputs.
        let count = document.ids("models").count
        guard count > Plan.Limit.models else { return nil }
        return Text("This project has ") + Text(count) + Text(" models. It runs here; the studio opens projects with up to ")
            + Text(Plan.Limit.models) + Text(".")
    }
}
