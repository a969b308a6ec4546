import Columnar
import TaskGraph

// What delayed functions can be called with besides the types of the standard library.

extension DataFrame: DelayedArgument {}
extension Value: DelayedArgument {}
extension CivilDate: DelayedArgument {}
extension CivilDatetime: DelayedArgument {}
