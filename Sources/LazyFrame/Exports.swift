// Columns, types and CSV options are part of this module's interface, so one import is enough.
@_exported public import CSV
@_exported public import Columnar
