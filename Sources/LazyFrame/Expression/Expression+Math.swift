extension Expression {
  // MARK: Rounding. Integers stay integers; null stays null and NaN NaN.

  /// The number without its sign. Throws at run time for the smallest integer.
  public func abs() -> Expression { call("abs") }
  /// Rounded to `digits` decimals, halves away from zero; below zero to tens, hundreds …
  ///
  /// The number is rounded as the decimal that it is printed as: 2.675 to 2.68.
  public func rounded(_ digits: Int = 0) -> Expression { call("round", lit(digits)) }
  /// The same, but halves go to the even digit: 2.5 to 2, 3.5 to 4.
  public func roundedToEven(_ digits: Int = 0) -> Expression { call("round_even", lit(digits)) }
  /// Rounded to so many digits, whatever the magnitude, halves away from zero: 0.012345 to 0.0123 with 3.
  public func rounded(significantDigits: Int) -> Expression { call("round_sig_figs", lit(significantDigits)) }
  /// The largest whole number that is not larger.
  public func floor() -> Expression { call("floor") }
  /// The smallest whole number that is not smaller.
  public func ceil() -> Expression { call("ceil") }
  /// Without the decimals: the nearest whole number towards zero.
  public func truncated() -> Expression { call("trunc") }
  /// -1, 0 or 1.
  public func sign() -> Expression { call("sign") }

  // MARK: Powers and logarithms. Floats; NaN outside of what they are defined for.

  /// The square root; NaN of negative numbers.
  public func squareRoot() -> Expression { call("sqrt") }
  /// The cube root, also of negative numbers.
  public func cubeRoot() -> Expression { call("cbrt") }
  /// e to the power of the number.
  public func exp() -> Expression { call("exp") }
  /// 2 to the power of the number.
  public func exp2() -> Expression { call("exp2") }
  /// `exp() - 1`, exact near 0 too.
  public func expMinusOne() -> Expression { call("expm1") }
  /// The natural logarithm; NaN of negative numbers, negative infinity of 0.
  public func log() -> Expression { call("ln") }
  /// The logarithm to some base; NaN of negative numbers.
  public func log(base: Expression) -> Expression { Expression(.function("log", [base, self])) }
  /// The binary logarithm; NaN of negative numbers.
  public func log2() -> Expression { call("log2") }
  /// The decimal logarithm; NaN of negative numbers.
  public func log10() -> Expression { call("log10") }
  /// The natural logarithm of the number plus 1, exact near 0 too.
  public func logOnePlus() -> Expression { call("log1p") }
  /// The number to the power of another.
  public func pow(_ exponent: Expression) -> Expression { call("pow", exponent) }

  // MARK: Angles, in radians.

  /// The sine of an angle in radians.
  public func sin() -> Expression { call("sin") }
  /// The cosine of an angle in radians.
  public func cos() -> Expression { call("cos") }
  /// The tangent of an angle in radians.
  public func tan() -> Expression { call("tan") }
  /// The angle of a sine, -π/2 to π/2; NaN of numbers beyond 1.
  public func asin() -> Expression { call("asin") }
  /// The angle of a cosine, 0 to π; NaN of numbers beyond 1.
  public func acos() -> Expression { call("acos") }
  /// The angle of a tangent, -π/2 to π/2.
  public func atan() -> Expression { call("atan") }
  /// The angle, -π to π, of the point whose y this is and whose x is the other.
  public func atan2(_ x: Expression) -> Expression { call("atan2", x) }
  /// The hyperbolic sine.
  public func sinh() -> Expression { call("sinh") }
  /// The hyperbolic cosine.
  public func cosh() -> Expression { call("cosh") }
  /// The hyperbolic tangent.
  public func tanh() -> Expression { call("tanh") }
  /// An angle in radians as degrees.
  public func degrees() -> Expression { call("degrees") }
  /// An angle in degrees as radians.
  public func radians() -> Expression { call("radians") }

  // MARK: Kinds of floats. Null of null; an integer is finite.

  /// Whether the number is NaN.
  public func isNaN() -> Expression { call("isnan") }
  /// Whether the number is neither infinite nor NaN.
  public func isFinite() -> Expression { call("isfinite") }
  /// Whether the number is an infinity.
  public func isInfinite() -> Expression { call("isinf") }

  // MARK: Whole quotients

  /// The quotient rounded down, as Python's `//`: -7 by 2 is -4. Of integers an integer, null where the divisor is 0; throws
  /// at run time for the smallest integer by -1.
  public func floorDivided(by divisor: Expression) -> Expression { call("floor_div", divisor) }
  /// The remainder of ``floorDivided(by:)``, which has the divisor's sign: of -7 by 2 it is 1. Of integers null where the
  /// divisor is 0, of floats NaN. The operator `%` has the dividend's sign.
  public func floorModulo(by divisor: Expression) -> Expression { call("floor_mod", divisor) }

  // MARK: Bits of integers, of which there are 64

  /// The bits set in both.
  public func bitwiseAnd(_ other: Expression) -> Expression { call("bitwise_and", other) }
  /// The bits set in either.
  public func bitwiseOr(_ other: Expression) -> Expression { call("bitwise_or", other) }
  /// The bits set in just one.
  public func bitwiseXor(_ other: Expression) -> Expression { call("bitwise_xor", other) }
  /// The other bits.
  public func bitwiseNot() -> Expression { call("bitwise_not") }
  /// The bits moved up, with zeros behind them; by 64 or more 0, by less than 0 to the right.
  public func shiftedLeft(by count: Expression) -> Expression { call("bitwise_left_shift", count) }
  /// The bits moved down, with the sign in front of them; by 64 or more 0 or -1, by less than 0 to the left.
  public func shiftedRight(by count: Expression) -> Expression { call("bitwise_right_shift", count) }
  /// How many bits are set; 64 for -1.
  public func bitCount() -> Expression { call("bit_count") }
}
