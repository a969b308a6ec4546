/// The different nodes of a plan, equal ones once, so that it is a graph and no tree.
///
/// Nodes have numbers; those that a node reads have lower ones.
struct PlanTable {
  struct Node {
    let plan: ResolvedPlan
    let inputs: [Int]
  }

  /// What tells nodes apart. The text is compared byte by byte: to `==` 0.0 and -0.0 are one, and so are texts that only look
  /// alike.
  private struct Key: Hashable {
    let plan: ResolvedPlan
    let text: [UInt8]
    let inputs: [Int]
  }

  private(set) var nodes: [Node] = []
  private var numbers: [Key: Int] = [:]

  /// The number of a plan's root.
  mutating func add(_ plan: ResolvedPlan) -> Int {
    var inputs: [Int] = []
    for input in plan.inputs { inputs.append(add(input)) }
    let nothing = ResolvedPlan.concat([])
    let key = Key(plan: plan.mappingInputs { _ in nothing }, text: Array(plan.title.utf8), inputs: inputs)
    if let known = numbers[key] { return known }
    numbers[key] = nodes.count
    nodes.append(Node(plan: plan, inputs: inputs))
    return nodes.count - 1
  }
}
