import Columnar

/// What a window takes and gives: its inputs as they are cast, the type of what is computed, and the type that this is cast to.
struct WindowSignature {
  let inputs: [ResolvedExpression]
  let computed: DType
  let result: DType

  private init(_ inputs: [ResolvedExpression], computed: DType, result: DType? = nil) {
    (self.inputs, self.computed, self.result) = (inputs, computed, result ?? computed)
  }

  private init(aggregate: AggregateFunction, _ inputs: [ResolvedExpression]) throws {
    let signature = try AggregateSignature.resolve(aggregate, inputs.map(\.type))
    self.init(
      zip(inputs, signature.inputs).map { TypeRules.coerced($0, to: $1) }, computed: signature.computed,
      result: signature.result)
  }

  /// - Throws: `LazyFrameError` where the window does not apply to the types, or its parameters make no sense.
  init(_ computation: WindowComputation, _ inputs: [ResolvedExpression]) throws {
    switch computation {
    case .aggregate(let function): try self.init(aggregate: function, inputs)
    case .function(let function): try self.init(function, inputs)
    }
  }

  private init(_ function: WindowFunction, _ inputs: [ResolvedExpression]) throws {
    switch function {
    case .shift:
      let unified = inputs.count > 1 ? try TypeRules.unified(inputs, of: "the value and what is shifted in") : inputs
      self.init(unified, computed: unified[0].type)
    case .difference, .percentChange, .fill: preconditionFailure("the resolver replaces this function")
    case .cumulative(.sum): try self.init(aggregate: .sum, inputs)
    case .cumulative(.min): try self.init(aggregate: .min, inputs)
    case .cumulative(.max): try self.init(aggregate: .max, inputs)
    case .cumulative(.count): self.init(inputs, computed: .int64)
    case .cumulative(.product):
      guard inputs[0].type.isNumeric || inputs[0].type == .null else {
        throw LazyFrameError(.type, "cum_prod needs numbers, and the column is \(inputs[0].type)")
      }
      try self.init(aggregate: .sum, inputs)
    case .rank(let method, _):
      if let list = inputs.first(where: { $0.type.element != nil }) {
        throw LazyFrameError(.unsupported, "rank does not apply to lists, and the column is \(list.type)")
      }
      self.init(inputs, computed: method == .average ? .float64 : .int64)
    case .rankInOrder: self.init(inputs, computed: .int64)
    case .rowNumber: self.init([], computed: .int64)
    case .forwardFill(let limit), .backwardFill(let limit):
      if let limit, limit < 1 {
        throw LazyFrameError(
          .type, "at least 1 null is filled in, and not \(limit)", hint: "leave the limit out for all")
      }
      self.init(inputs, computed: inputs[0].type)
    case .rolling(let function, let extent, let minimum):
      try WindowSignature.check(extent, minimum)
      let values = try WindowSignature(aggregate: function, [inputs[0]])
      self.init(
        values.inputs + (try WindowSignature.time(inputs.dropFirst(), extent)), computed: values.computed,
        result: values.result)
    }
  }

  private static func check(_ extent: RollingExtent, _ minimum: Int?) throws {
    if case .range = extent { return }
    if let minimum, minimum < 1 {
      throw LazyFrameError(.type, "a rolling window needs at least 1 value, and not \(minimum)")
    }
    guard case .rows(let rows) = extent else { return }
    guard rows >= 1 else { throw LazyFrameError(.type, "a rolling window has at least 1 row, and not \(rows)") }
    if let minimum, minimum > rows {
      throw LazyFrameError(.type, "a rolling window of \(rows) rows never has \(minimum) values")
    }
  }

  /// The time of a window, as a moment where the window's length has parts of days.
  private static func time(
    _ inputs: some Collection<ResolvedExpression>, _ extent: RollingExtent
  ) throws -> [ResolvedExpression] {
    guard let time = inputs.first else { return [] }
    if case .range(let frame) = extent {
      let needsMoments = frame.intervals.contains { CalendarInterval($0)?.hasTimeOfDay ?? false }
      return [needsMoments || time.type == .null ? TypeRules.coerced(time, to: .datetime) : time]
    }
    guard case .interval(let text, _) = extent else { return [] }
    guard let interval = CalendarInterval(text), CalendarInterval(before: text) != nil else {
      throw LazyFrameError(.type, "a rolling window does not know the interval '\(text)'", hint: CalendarInterval.form)
    }
    guard interval.isWindow else {
      throw LazyFrameError(
        .type, "a rolling window needs an interval of one kind of unit that is more than nothing, and not '\(text)'",
        hint: "write it like '15m', '7d' or '3mo'")
    }
    guard time.type.isTemporal || time.type == .null else {
      throw LazyFrameError(.type, "a rolling window over time needs dates or moments, and '\(time)' is \(time.type)")
    }
    let needsMoments = interval.hasTimeOfDay || time.type == .null
    return [needsMoments ? TypeRules.coerced(time, to: .datetime) : time]
  }
}

extension CalendarInterval {
  /// The interval that leads back as far as a window's text leads on.
  init?(before text: String) {
    if let unit = TimeUnit(rawValue: text.lowercased()) {
      self.init("-1\(unit.sign)")
    } else {
      self.init("-\(text)")
    }
  }
}
